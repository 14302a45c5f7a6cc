/// The sizes of a max pool over channels-last feature maps.
public struct MaxPoolGeometry: Hashable, Sendable {
  /// Images in the batch.
  public let images: Int
  /// Rows of the input.
  public let height: Int
  /// Columns of the input.
  public let width: Int
  /// Channels of input and output.
  public let channels: Int
  /// Side of the window, at most 15 so that a place in it fits a byte.
  public let kernel: Int
  /// Pixels from window to window.
  public let stride: Int
  /// Rows and columns around the input that never win.
  public let padding: Int

  /// Makes the sizes; the window must fit the padded input, and the padding half the window.
  public init(
    images: Int, height: Int, width: Int, channels: Int, kernel: Int, stride: Int, padding: Int
  ) {
    precondition(kernel >= 1 && kernel <= 15 && stride >= 1, "kernel \(kernel), stride \(stride)")
    precondition(padding >= 0 && padding * 2 <= kernel, "padding \(padding), kernel \(kernel)")
    precondition(
      height + 2 * padding >= kernel && width + 2 * padding >= kernel,
      "a window of \(kernel) on \(height) x \(width) pixels")
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// Rows of the output.
  public var rows: Int { (height + 2 * padding - kernel) / stride + 1 }
  /// Columns of the output.
  public var columns: Int { (width + 2 * padding - kernel) / stride + 1 }
  /// Floats of the input.
  var inputCount: Int { images * height * width * channels }
  /// Floats of the output.
  public var outputCount: Int { images * rows * columns * channels }
  /// Floats that hold the choices, a byte each.
  public var choiceCount: Int { (outputCount + 3) / 4 }
}
