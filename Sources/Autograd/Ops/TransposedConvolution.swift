import Kernels

/// A transposed convolution, as PyTorch's `ConvTranspose2d`: what a convolution's way back does.
///
/// Inputs: pictures `[N, C, H, W]`, a square filter `[C, K, kernel, kernel]`, and a bias `[K]` or
/// none. The filter is that of the convolution from the output to the input, whose gradient of its
/// input is what is computed here; so all three passes are its passes in other roles.
public struct TransposedConvolution: Op {
  /// Pixels of the output from one input to the next.
  public let stride: Int
  /// Rows and columns that are cut off around the output.
  public let padding: Int
  /// Rows and columns of the output, below and to the right, that no input reaches otherwise.
  public let outputPadding: Int

  /// Makes the op; the output padding is less than the stride.
  public init(stride: Int = 1, padding: Int = 0, outputPadding: Int = 0) {
    precondition(
      outputPadding >= 0 && outputPadding < stride,
      "an output padding of \(outputPadding) at a stride of \(stride)")
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  /// `[N, K, (H - 1) stride - 2 padding + kernel + outputPadding, the same of W]`.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 || inputs.count == 3, "x, filter and perhaps bias")
    let sizes = sizes(of: inputs)
    if inputs.count == 3 {
      precondition(
        inputs[2] == Shape(sizes.inputChannels), "bias \(inputs[2]) for a filter \(inputs[1])")
    }
    return Shape(sizes.images, sizes.inputChannels, sizes.height, sizes.width)
  }

  /// The pictures and the filter.
  public var keeps: Keeps { .inputs }

  /// The convolution's, and a gradient of the pictures that is added to another.
  public func scratch(for inputs: [Shape], threads: Int, withBackward: Bool) -> Int {
    let sizes = sizes(of: inputs)
    let forward = sizes.backwardInputScratch(threads: threads)
    guard withBackward else { return forward }
    return max(
      forward, sumRoom(sizes) + sizes.forwardScratch(threads: threads),
      sizes.backwardFilterScratch(threads: threads))
  }

  /// Every pixel of `x` spreads its filter over `y`; then the bias.
  public func forward(_ pass: ForwardPass) {
    let sizes = sizes(of: pass.inputs.map(\.shape))
    convolutionBackwardInput(
      pass.inputs[0].buffer, pass.inputs[1].buffer, sizes, into: pass.output.buffer, adds: false,
      scratch: pass.scratch, pool: pass.pool)
    if pass.inputs.count == 3 {
      let y = pass.output.shape.pixels(pass.output.buffer)
      addBias(pass.inputs[2].buffer, to: y, pool: pass.pool)
    }
  }

  /// `dx = dy * w`, `dw = dy` with `x`, `dbias` the sum of `dy`.
  public func backward(_ pass: BackwardPass) {
    let sizes = sizes(of: pass.inputs.map(\.shape))
    if let dx = pass.dinputs[0] {
      let room = sumRoom(sizes)
      let target = dx.adds ? pass.scratch.slice(at: 0, count: sizes.outputCount) : dx.buffer
      convolutionForward(
        pass.doutput, pass.inputs[1].buffer, bias: nil, sizes, into: target,
        scratch: pass.scratch.slice(at: room, count: pass.scratch.count - room), pool: pass.pool)
      if dx.adds { copyKernel(target, into: dx.buffer, adds: true, pool: pass.pool) }
    }
    if let dw = pass.dinputs[1] {
      convolutionBackwardFilter(
        pass.inputs[0].buffer, pass.doutput, sizes, into: dw.buffer, adds: dw.adds,
        scratch: pass.scratch, pool: pass.pool)
    }
    if pass.inputs.count == 3, let dbias = pass.dinputs[2] {
      channelSumsKernel(
        pass.doutput, channels: sizes.inputChannels, into: dbias.buffer, adds: dbias.adds,
        pool: pass.pool)
    }
  }

  /// Room for a gradient of the pictures, in whole cache lines.
  private func sumRoom(_ sizes: ConvolutionGeometry) -> Int { (sizes.outputCount + 15) / 16 * 16 }

  /// The convolution from the output to the input.
  private func sizes(of inputs: [Shape]) -> ConvolutionGeometry {
    let x = inputs[0]
    let filter = inputs[1].extents
    precondition(
      filter.count == 4 && filter[0] == x.channels && filter[2] == filter[3],
      "a transposed filter \(inputs[1]) on pictures \(x)")
    let more = filter[2] + outputPadding - stride - 2 * padding
    return ConvolutionGeometry(
      images: x.images, height: x.height * stride + more, width: x.width * stride + more,
      inputChannels: filter[1], outputChannels: x.channels, kernel: filter[2], stride: stride,
      padding: padding)
  }
}

extension TransposedConvolution: MeasuredOp {
  /// As many operations as the convolution's.
  public func work(for inputs: [Shape], threads: Int) -> OpWork {
    let flops = sizes(of: inputs).flops
    return OpWork(flops: flops, gradientFlops: [flops, flops, 0])
  }
}
