public import Kernels

/// A node's calculus: a small value that knows shapes, forward and backward, and never a buffer's life.
public protocol Op: Sendable {
  /// The output's shape; traps with both shapes where the inputs do not fit.
  func shape(of inputs: [Shape]) -> Shape

  /// What of the forward pass `backward` reads, so that the rest can be freed.
  var keeps: Keeps { get }

  /// Which inputs and outputs may be slices of wider pictures or wait for their activation.
  var views: Views { get }

  /// Floats of the op's own notes that `forward` leaves for `backward`, such as a pool's choices.
  func notes(for inputs: [Shape]) -> Int

  /// Floats of working memory that `forward` needs; its content is lost between calls.
  func forwardScratch(for inputs: [Shape], threads: Int) -> Int

  /// Floats of working memory that `backward` needs; its content is lost between calls.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int

  /// The input whose gradient is what `backward` leaves in the gradient of the output, which then need
  /// not be copied.
  var sharedGradient: Int? { get }

  /// Computes the output.
  func forward(_ pass: ForwardPass)

  /// Computes the gradients that are wanted of the inputs; may overwrite the output's gradient.
  func backward(_ pass: BackwardPass)
}

extension Op {
  /// None: whole pictures only.
  public var views: Views { [] }
  /// Nothing noted.
  public func notes(for inputs: [Shape]) -> Int { 0 }
  /// No working memory.
  public func forwardScratch(for inputs: [Shape], threads: Int) -> Int { 0 }
  /// No working memory.
  public func backwardScratch(for inputs: [Shape], threads: Int) -> Int { 0 }
  /// None.
  public var sharedGradient: Int? { nil }
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

/// Where an op can do with pictures that are not whole: what saves copies and passes.
public struct Views: OptionSet, Sendable {
  /// The bits.
  public let rawValue: Int

  /// Wraps the bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Pictures among the inputs may be slices, their gradients too, and may wait for their activation.
  public static let reads = Views(rawValue: 1)
  /// The output and its gradient may be slices.
  public static let writes = Views(rawValue: 2)
  /// The output may be left to its readers to activate: `Tensor.pending` says with which factors.
  public static let defers = Views(rawValue: 4)
}

/// A shape with the memory that holds its values.
public struct Tensor {
  /// Its extents.
  public let shape: Shape
  /// Its values: channels-last for pictures; with gaps between the pixels where it is a slice.
  public let buffer: Buffer
  /// Floats from a pixel to the next, for pictures.
  public let stride: Int
  /// What a reader has yet to apply to the values; its writer puts the factors there.
  public let pending: PendingActivation?

  /// Whether it is a picture of which nothing is missing and nothing lies between.
  var isWhole: Bool {
    pending == nil && (shape.extents.count != 4 || stride == shape.channels)
  }

  /// The pictures as a kernel reads them.
  public var pixels: Pixels { pixels(pending: pending) }

  /// The pictures as a kernel writes them, or reads them before their activation.
  public var stored: Pixels { pixels(pending: nil) }

  private func pixels(pending: PendingActivation?) -> Pixels {
    Pixels(
      buffer, images: shape.images, height: shape.height, width: shape.width,
      channels: shape.channels, stride: stride, pending: pending)
  }
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
  /// Whether notes of an earlier pass that parameters alone decide are still good.
  public var hasNotes = false
  /// The threads.
  public let pool: ThreadPool
}

/// What an op's `backward` works on.
public struct BackwardPass {
  /// The inputs of the forward pass; defined as far as `keeps` says.
  public let inputs: [Tensor]
  /// The output of the forward pass; defined if `keeps` says so.
  public let output: Tensor
  /// The gradient of the output, which may be overwritten.
  public let doutput: Tensor
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
