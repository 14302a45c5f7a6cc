import Kernels

/// A shape with the memory that holds its values.
struct Tensor {
  let shape: Shape
  /// Its values: channels-last for feature maps; with gaps between the pixels where it is a slice.
  let buffer: Buffer
  /// Floats from a pixel to the next, for feature maps.
  let stride: Int
  /// What a reader has yet to apply to the values; its writer puts the factors there.
  let pending: PendingActivation?
}

extension Tensor {
  /// A value without gaps.
  init(whole shape: Shape, _ buffer: Buffer) {
    self.init(shape: shape, buffer: buffer, stride: shape.denseStride, pending: nil)
  }

  /// The feature maps as a kernel reads them; of another shape, one pixel of as many channels as values.
  var pixels: Pixels { pixels(pending: pending) }

  /// The feature maps as a kernel writes them, or reads them before their activation.
  var stored: Pixels { pixels(pending: nil) }

  private func pixels(pending: PendingActivation?) -> Pixels {
    guard shape.extents.count == 4 else {
      return Pixels(buffer, images: 1, height: 1, width: 1, channels: shape.count)
    }
    return Pixels(
      buffer, images: shape.images, height: shape.height, width: shape.width,
      channels: shape.channels, stride: stride, pending: pending)
  }

  /// Whether nothing is missing and nothing lies between.
  private var isWhole: Bool { pending == nil && stride == shape.denseStride }

  /// A copy of what it means, without gaps and activated.
  var values: [Float] {
    guard !isWhole else { return buffer.values }
    var values: [Float] = []
    values.reserveCapacity(shape.count)
    for pixel in 0..<shape.count / shape.channels {
      for channel in 0..<shape.channels {
        var value = buffer[pixel * stride + channel]
        if let pending {
          value = value * pending.scale[channel] + pending.shift[channel]
          if value < pending.floor[channel] { value = pending.floor[channel] }
        }
        values.append(value)
      }
    }
    return values
  }

  /// Whether every stored number is finite.
  var isFinite: Bool {
    guard stride != shape.denseStride else { return Kernels.isFinite(buffer) }
    return (0..<shape.count / shape.channels).allSatisfy { pixel in
      Kernels.isFinite(buffer.slice(at: pixel * stride, count: shape.channels))
    }
  }
}
