public import Kernels

/// A node's calculus: a small value that knows shapes, forward and backward, and never a buffer's life.
public protocol Op: Sendable {
  /// The output's shape; traps with both shapes where the inputs do not fit.
  func shape(of inputs: [Shape]) -> Shape

  /// What of the forward pass `backward` reads, so that the rest can be freed.
  var keeps: Keeps { get }

  /// Floats of the op's own notes that `forward` leaves for `backward`, such as a pool's choices.
  func notes(for inputs: [Shape]) -> Int

  /// Floats of working memory that one call needs; its content is lost between calls.
  func scratch(for inputs: [Shape], threads: Int, withBackward: Bool) -> Int

  /// Computes the output.
  func forward(_ pass: ForwardPass)

  /// Computes the gradients that are wanted of the inputs.
  func backward(_ pass: BackwardPass)
}

extension Op {
  /// Nothing noted.
  public func notes(for inputs: [Shape]) -> Int { 0 }
  /// No working memory.
  public func scratch(for inputs: [Shape], threads: Int, withBackward: Bool) -> Int { 0 }
  /// The op's name, for messages.
  public var name: String { String(describing: type(of: self)) }
}

/// What a backward pass reads of the forward pass.
public struct Keeps: OptionSet, Sendable {
  /// The bits.
  public let rawValue: Int

  /// Wraps the bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The values of all inputs.
  public static let inputs = Keeps(rawValue: 1)
  /// The values of the output.
  public static let output = Keeps(rawValue: 2)
}

/// A shape with the memory that holds its values.
public struct Tensor {
  /// Its extents.
  public let shape: Shape
  /// Its values: channels-last for pictures.
  public let buffer: Buffer
}

/// What an op's `forward` works on.
public struct ForwardPass {
  /// The inputs, in the order of `Graph.apply`; statistics among them may be written.
  public let inputs: [Tensor]
  /// Where the result goes; its old content is not defined.
  public let output: Tensor
  /// The op's notes for `backward`.
  public let notes: Buffer
  /// Working memory.
  public let scratch: Buffer
  /// The threads.
  public let pool: ThreadPool
}

/// What an op's `backward` works on.
public struct BackwardPass {
  /// The inputs of the forward pass; defined as far as `keeps` says.
  public let inputs: [Tensor]
  /// The output of the forward pass; defined if `keeps` says so.
  public let output: Tensor
  /// The gradient of the output.
  public let doutput: Buffer
  /// Where the gradient of each input goes, or nil where nobody asks for it.
  public let dinputs: [Gradient?]
  /// What `forward` noted.
  public let notes: Buffer
  /// Working memory.
  public let scratch: Buffer
  /// The threads.
  public let pool: ThreadPool

  /// A gradient's memory.
  public struct Gradient {
    /// The values.
    public let buffer: Buffer
    /// Whether other uses of the value have left their part there, to be added to.
    public let adds: Bool
  }
}
