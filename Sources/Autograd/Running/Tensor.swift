public import Kernels

/// A shape with the memory that holds its values.
public struct Tensor {
  /// Its extents.
  public let shape: Shape
  /// Its values: channels-last for feature maps; with gaps between the pixels where it is a slice.
  public let buffer: Buffer
  /// Floats from a pixel to the next, for feature maps.
  public let stride: Int
  /// What a reader has yet to apply to the values; its writer puts the factors there.
  public let pending: PendingActivation?

  init(shape: Shape, buffer: Buffer, stride: Int, pending: PendingActivation?) {
    self.shape = shape
    self.buffer = buffer
    self.stride = stride
    self.pending = pending
  }

  /// A value without gaps.
  init(whole shape: Shape, _ buffer: Buffer) {
    let stride = shape.extents.count == 4 ? shape.channels : 1
    self.init(shape: shape, buffer: buffer, stride: stride, pending: nil)
  }

  /// The feature maps as a kernel reads them.
  public var pixels: Pixels { pixels(pending: pending) }

  /// The feature maps as a kernel writes them, or reads them before their activation.
  public var stored: Pixels { pixels(pending: nil) }

  private func pixels(pending: PendingActivation?) -> Pixels {
    Pixels(
      buffer, images: shape.images, height: shape.height, width: shape.width,
      channels: shape.channels, stride: stride, pending: pending)
  }

  /// Whether nothing is missing and nothing lies between.
  private var isWhole: Bool {
    pending == nil && (shape.extents.count != 4 || stride == shape.channels)
  }

  /// A copy of what it means, without gaps and activated.
  var values: [Float] {
    guard !isWhole else { return buffer.values }
    var values: [Float] = []
    values.reserveCapacity(shape.count)
    for pixel in 0..<shape.count / shape.channels {
      for channel in 0..<shape.channels {
        let stored = buffer[pixel * stride + channel]
        guard let pending else {
          values.append(stored)
          continue
        }
        let value = stored * pending.scale[channel] + pending.shift[channel]
        values.append(value < pending.floor[channel] ? pending.floor[channel] : value)
      }
    }
    return values
  }

  /// Whether every stored number is finite.
  var isFinite: Bool {
    guard shape.extents.count == 4, stride != shape.channels else {
      return Kernels.isFinite(buffer)
    }
    return (0..<shape.count / shape.channels).allSatisfy { pixel in
      Kernels.isFinite(buffer.slice(at: pixel * stride, count: shape.channels))
    }
  }
}
