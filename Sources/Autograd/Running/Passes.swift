import Kernels

/// What a step's `forward` works on.
struct ForwardPass {
  /// The inputs, in the step's order; statistics among them may be written.
  let inputs: [Tensor]
  /// Where the result goes; its old content is not defined.
  let output: Tensor
  /// What the step saves for `backward`.
  let saved: Buffer
  let scratch: Buffer
  /// Whether what an earlier pass saved that parameters alone decide is still good.
  var hasSaved = false
  let pool: ThreadPool

  /// An input by its name in the step.
  subscript(operand: Operand) -> Tensor { inputs[operand.index] }
}

/// What a step's `backward` works on.
struct BackwardPass {
  /// The inputs of the forward pass; defined as far as `keeps` says.
  let inputs: [Tensor]
  /// The output of the forward pass; defined if `keeps` says so.
  let output: Tensor
  /// The gradient of the output, which may be overwritten.
  let doutput: Tensor
  /// Where the gradient of each input goes, or nil where nobody asks for it.
  let dinputs: [Gradient?]
  /// What `forward` saved.
  let saved: Buffer
  let scratch: Buffer
  let pool: ThreadPool

  /// An input by its name in the step.
  subscript(operand: Operand) -> Tensor { inputs[operand.index] }

  /// Where an input's gradient goes, by the input's name in the step, or nil where nobody asks for it.
  func gradient(of operand: Operand) -> Gradient? { dinputs[operand.index] }

  /// A gradient's memory.
  struct Gradient {
    let tensor: Tensor
    /// Whether other uses of the value have left their part there, to be added to.
    let adds: Bool
    /// Whether it is the memory of the output's gradient.
    let isShared: Bool
    /// The values, where the tensor is whole.
    var buffer: Buffer { tensor.buffer }
  }
}
