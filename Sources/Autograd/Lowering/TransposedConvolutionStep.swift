import Kernels

/// A transposed convolution as it is run, with its kernels.
///
/// The filter is that of the convolution from the output to the input, whose gradient of its input is
/// what is computed here; so all three passes are its passes in other roles.
struct TransposedConvolutionStep: Step {
  let name: String
  let operands: ConvolutionOperands<Operand>
  /// Of the convolution from the output to the input.
  let sizes: ConvolutionGeometry
  let method: any ConvolutionMethod

  var views: Views { [.reads, .writes] }

  /// What the convolution's way back needs.
  func forwardScratch(for inputs: [Shape], threads: Int) -> Int {
    method.backwardInputScratch(threads: threads)
  }

  /// A packed filter, a gradient of the activations that is added to another, and what the kernels need.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int {
    max(
      method.packedScratch + padded(sizes.outputCount) + method.forwardScratch(threads: threads),
      method.backwardFilterScratch(threads: threads),
      channelSumsScratch(
        pixels: sizes.images * sizes.height * sizes.width, channels: sizes.inputChannels))
  }

  /// As many operations as the convolution's.
  func work(for inputs: [Shape]) -> StepWork {
    StepWork(
      flops: sizes.flops, gradientFlops: [sizes.flops, sizes.flops, 0], kernel: method.name)
  }

  /// Every pixel of `x` spreads its filter over `y`; then the bias.
  func forward(_ pass: ForwardPass) {
    method.backwardInput(
      pass[operands.x].pixels, pass[operands.filter].buffer, into: pass.output.stored, adds: false,
      scratch: pass.scratch, pool: pass.pool)
    if let bias = operands.bias {
      biasForward(pass[bias].buffer, to: pass.output.stored, pool: pass.pool)
    }
  }

  /// `dx = dy * w`, `dw = dy` with `x`, `dbias` the sum of `dy`.
  func backward(_ pass: BackwardPass) {
    let dy = pass.doutput.stored
    if let dx = pass.gradient(of: operands.x) { findInput(dx, pass) }
    if let dw = pass.gradient(of: operands.filter) {
      method.backwardFilter(
        pass[operands.x].pixels, dy, into: dw.buffer, adds: dw.adds, scratch: pass.scratch,
        pool: pass.pool)
    }
    if let dbias = operands.bias.flatMap({ pass.gradient(of: $0) }) {
      biasBackward(
        dy, into: dbias.buffer, adds: dbias.adds, scratch: pass.scratch, pool: pass.pool)
    }
  }

  private func findInput(_ dx: BackwardPass.Gradient, _ pass: BackwardPass) {
    let shape = dx.tensor.shape
    let packed = method.packed(pass[operands.filter].buffer, in: pass.scratch, pool: pass.pool)
    let room = pass.scratch.slice(at: method.packedScratch, count: shape.count)
    let found = dx.adds ? Tensor(whole: shape, room).stored : dx.tensor.stored
    method.forward(
      pass.doutput.stored, packed: packed, ConvolutionEpilogue(), into: found,
      scratch: pass.scratch.rest(after: method.packedScratch + padded(shape.count)),
      pool: pass.pool)
    if dx.adds { activationForward(found, into: dx.tensor.stored, adds: true, pool: pass.pool) }
  }
}
