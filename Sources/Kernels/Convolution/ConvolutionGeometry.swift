/// The sizes of a convolution of channels-last feature maps.
///
/// Input `[images, height, width, inputChannels]`, filter `[kernel, kernel, inputChannels,
/// outputChannels]`, output `[images, rows, columns, outputChannels]`.
public struct ConvolutionGeometry: Hashable, Sendable {
  /// Images in the batch.
  public let images: Int
  /// Rows of the input.
  public let height: Int
  /// Columns of the input.
  public let width: Int
  /// Channels of the input.
  public let inputChannels: Int
  /// Channels of the output.
  public let outputChannels: Int
  /// Side of the filter.
  public let kernel: Int
  /// Pixels from output to output.
  public let stride: Int
  /// Rows and columns of zeros around the input.
  public let padding: Int
  /// Pixels from tap to tap of the filter.
  public let dilation: Int
  /// Whether the input is seen through a nearest-neighbour doubling: `height` and `width` are those of the
  /// doubled feature map, the one in memory is half as high and wide.
  public fileprivate(set) var upsamples: Bool

  /// Makes the sizes; the filter must fit the padded input.
  public init(
    images: Int, height: Int, width: Int, inputChannels: Int, outputChannels: Int, kernel: Int,
    stride: Int = 1, padding: Int = 0, dilation: Int = 1, upsamples: Bool = false
  ) {
    precondition(
      !upsamples || (height.isMultiple(of: 2) && width.isMultiple(of: 2)),
      "\(height) x \(width) is no doubled feature map")
    precondition(kernel >= 1 && stride >= 1 && dilation >= 1 && padding >= 0)
    let span = (kernel - 1) * dilation + 1
    precondition(
      height + 2 * padding >= span && width + 2 * padding >= span,
      "a filter over \(span) pixels on \(height) x \(width) with \(padding) around")
    self.images = images
    self.height = height
    self.width = width
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.upsamples = upsamples
  }

  /// Rows of the output.
  public var rows: Int { (height + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1 }
  /// Columns of the output.
  public var columns: Int { (width + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1 }
  /// Floats of the input.
  var inputCount: Int { images * height * width * inputChannels }
  /// Floats of the output.
  public var outputCount: Int { images * rows * columns * outputChannels }
  /// Floats of the filter.
  public var filterCount: Int { outputChannels * inputChannels * taps }
  /// Floating point operations of the convolution by its definition, a product and a sum as two; finding
  /// the gradient of the input, or of the filter, takes as many.
  public var flops: Double { 2 * Double(images * rows * columns) * Double(filterCount) }
  /// Places of the filter.
  var taps: Int { kernel * kernel }
}

extension ConvolutionGeometry {
  /// The way to compute this convolution: Winograd's where it fits, else the direct one.
  ///
  /// With `keepsFilter` a packed filter is used for many calls, and may take more memory.
  /// - Precondition: behind a doubling, `canUpsample`.
  public func method(keepsFilter: Bool = false) -> any ConvolutionMethod {
    if let winograd = WinogradMethod(self, keepsFilter: keepsFilter) { return winograd }
    return DirectMethod(self)
  }

  /// Whether the same convolution can be had behind a nearest-neighbour doubling: only Winograd's
  /// method sees through one.
  public func canUpsample(keepsFilter: Bool = false) -> Bool {
    guard height.isMultiple(of: 2), width.isMultiple(of: 2) else { return false }
    var doubled = self
    doubled.upsamples = true
    return WinogradMethod(doubled, keepsFilter: keepsFilter) != nil
  }

  /// Traps unless feature maps are the input's, before the doubling where there is one, and the output's.
  func require(input x: Pixels, output y: Pixels) {
    let step = upsamples ? 2 : 1
    precondition(
      x.images == images && x.height * step == height && x.width * step == width
        && x.channels == inputChannels, "the input's feature maps are not those of \(self)")
    precondition(
      y.images == images && y.height == rows && y.width == columns && y.channels == outputChannels,
      "the output's feature maps are not those of \(self)")
  }
}
