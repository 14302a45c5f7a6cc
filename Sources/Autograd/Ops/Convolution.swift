import Kernels

/// A two-dimensional convolution, as PyTorch's `Conv2d` with zeros around.
///
/// Inputs: pictures `[N, C, H, W]`, a square filter `[K, C, kernel, kernel]`, and a bias `[K]` or none.
public struct Convolution: Op {
  /// Pixels from output to output.
  public let stride: Int
  /// Rows and columns of zeros around the input.
  public let padding: Int
  /// Pixels from tap to tap.
  public let dilation: Int

  /// Makes the op.
  public init(stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// `[N, K, rows, columns]`.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 || inputs.count == 3, "x, filter and perhaps bias")
    if inputs.count == 3 {
      precondition(
        inputs[2] == Shape(inputs[1].extents[0]), "bias \(inputs[2]) for a filter \(inputs[1])")
    }
    let sizes = sizes(of: inputs)
    return Shape(sizes.images, sizes.outputChannels, sizes.rows, sizes.columns)
  }

  /// The pictures and the filter.
  public var keeps: Keeps { .inputs }

  /// Gathered panels and the packed filter.
  public func scratch(for inputs: [Shape], threads: Int, withBackward: Bool) -> Int {
    let sizes = sizes(of: inputs)
    let forward = sizes.forwardScratch(threads: threads)
    guard withBackward else { return forward }
    return max(
      forward, sizes.backwardInputScratch(threads: threads),
      sizes.backwardFilterScratch(threads: threads))
  }

  /// `y = x * w + bias`.
  public func forward(_ pass: ForwardPass) {
    convolutionForward(
      pass.inputs[0].buffer, pass.inputs[1].buffer,
      bias: pass.inputs.count == 3 ? pass.inputs[2].buffer : nil,
      sizes(of: pass.inputs.map(\.shape)), into: pass.output.buffer, scratch: pass.scratch,
      pool: pass.pool)
  }

  /// `dx = dy` correlated with the filter turned round, `dw = x` with `dy`, `dbias` the sum of `dy`.
  public func backward(_ pass: BackwardPass) {
    let sizes = sizes(of: pass.inputs.map(\.shape))
    if let dx = pass.dinputs[0] {
      convolutionBackwardInput(
        pass.doutput, pass.inputs[1].buffer, sizes, into: dx.buffer, adds: dx.adds,
        scratch: pass.scratch, pool: pass.pool)
    }
    if let dw = pass.dinputs[1] {
      convolutionBackwardFilter(
        pass.doutput, pass.inputs[0].buffer, sizes, into: dw.buffer, adds: dw.adds,
        scratch: pass.scratch, pool: pass.pool)
    }
    if pass.inputs.count == 3, let dbias = pass.dinputs[2] {
      channelSumsKernel(
        pass.doutput, channels: sizes.outputChannels, into: dbias.buffer, adds: dbias.adds,
        pool: pass.pool)
    }
  }

  private func sizes(of inputs: [Shape]) -> ConvolutionGeometry {
    let x = inputs[0]
    let filter = inputs[1].extents
    precondition(
      filter.count == 4 && filter[1] == x.channels && filter[2] == filter[3],
      "a filter \(inputs[1]) on pictures \(x)")
    return ConvolutionGeometry(
      images: x.images, height: x.height, width: x.width, inputChannels: x.channels,
      outputChannels: filter[0], kernel: filter[2], stride: stride, padding: padding,
      dilation: dilation)
  }
}
