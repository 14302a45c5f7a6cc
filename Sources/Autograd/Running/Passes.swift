public import Kernels

/// What a step's `forward` works on.
public struct ForwardPass {
  /// The inputs, in the step's order; statistics among them may be written.
  public let inputs: [Tensor]
  /// Where the result goes; its old content is not defined.
  public let output: Tensor
  /// What the step saves for `backward`.
  public let saved: Buffer
  /// Working memory.
  public let scratch: Buffer
  /// Whether what an earlier pass saved that parameters alone decide is still good.
  var hasSaved = false
  /// The threads.
  public let pool: ThreadPool

  /// An input by its name in the step.
  subscript(operand: Operand) -> Tensor { inputs[operand.index] }
}

/// What a step's `backward` works on.
public struct BackwardPass {
  /// The inputs of the forward pass; defined as far as `keeps` says.
  public let inputs: [Tensor]
  /// The output of the forward pass; defined if `keeps` says so.
  public let output: Tensor
  /// The gradient of the output, which may be overwritten.
  let doutput: Tensor
  /// Where the gradient of each input goes, or nil where nobody asks for it.
  let dinputs: [Gradient?]
  /// What `forward` saved.
  public let saved: Buffer
  /// Working memory.
  public let scratch: Buffer
  /// The threads.
  public let pool: ThreadPool

  /// An input by its name in the step.
  subscript(operand: Operand) -> Tensor { inputs[operand.index] }

  /// Where an input's gradient goes, by the input's name in the step, or nil where nobody asks for it.
  func gradient(of operand: Operand) -> Gradient? { dinputs[operand.index] }

  /// A gradient's memory.
  public struct Gradient {
    /// Where it lies.
    public let tensor: Tensor
    /// Whether other uses of the value have left their part there, to be added to.
    public let adds: Bool
    /// Whether it is the memory of the output's gradient.
    public let isShared: Bool
    /// The values, where the tensor is whole.
    public var buffer: Buffer { tensor.buffer }
  }
}
