/// What an executor runs: a node of a graph, or several that one pass computes together.
///
/// Made by `Lowering` with all its choices and never changed. It says what memory it needs, by shapes
/// alone, and works on the memory that a pass hands it.
protocol Step: Sendable {
  /// The name of the op whose result it computes, for messages and reports.
  var name: String { get }

  /// What of the forward pass `backward` reads, so that the rest can be freed.
  var keeps: Keeps { get }

  /// Which inputs and outputs may be slices of wider feature maps or wait for their activation.
  var views: Views { get }

  /// Whether the input at a place may be a slice, its gradient too, and may wait for its activation.
  func readsView(at input: Int) -> Bool

  /// Floats beside inputs and output that `forward` saves for `backward`, such as a pool's choices.
  func savedCount(for inputs: [Shape]) -> Int

  /// Floats of working memory that `forward` needs; its content is lost between calls.
  func forwardScratch(for inputs: [Shape], threads: Int) -> Int

  /// Floats of working memory that `backward` needs; its content is lost between calls.
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int

  /// The input whose gradient is what `backward` leaves in the gradient of the output, which then need
  /// not be copied.
  var sharedGradient: Int? { get }

  /// How much it computes on inputs of these shapes, and how; what says nothing counts nothing.
  func work(for inputs: [Shape]) -> StepWork

  /// Computes the output.
  func forward(_ pass: ForwardPass)

  /// Computes the gradients that are wanted of the inputs; may overwrite the output's gradient.
  func backward(_ pass: BackwardPass)
}

/// What most steps are: of whole feature maps, whose inputs the way back reads, with nothing saved and no
/// working memory.
extension Step {
  var keeps: Keeps { .inputs }
  var views: Views { [] }
  func readsView(at input: Int) -> Bool { views.contains(.reads) }
  func savedCount(for inputs: [Shape]) -> Int { 0 }
  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { 0 }
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int { 0 }
  var sharedGradient: Int? { nil }
  func work(for inputs: [Shape]) -> StepWork { StepWork() }
}

/// What a backward pass reads of the forward pass.
struct Keeps: OptionSet, Sendable {
  let rawValue: Int

  /// The values of all inputs.
  static let inputs = Keeps(rawValue: 1)
  /// The values of the output.
  static let output = Keeps(rawValue: 2)
}

/// Where a step can do with feature maps that are not whole: what saves copies and passes.
struct Views: OptionSet, Sendable {
  let rawValue: Int

  /// Feature maps among the inputs may be slices, their gradients too, and may wait for their activation.
  static let reads = Views(rawValue: 1)
  /// The output and its gradient may be slices.
  static let writes = Views(rawValue: 2)
  /// The output may be left to its readers to activate: `Tensor.pending` says with which factors.
  static let defers = Views(rawValue: 4)
  /// The output is the inputs side by side: where they can be written in their places, nothing is run.
  static let joins = Views(rawValue: 8)
}

/// How much a step computes, and how: for reports, not for running it.
///
/// Operations are counted as the definition has them, a product and a sum as two, whatever trick
/// saves some of them.
struct StepWork: Equatable, Sendable {
  /// Floating point operations of `forward`.
  var flops: Double = 0
  /// Floating point operations to find the gradient of each input; those left out take none.
  var gradientFlops: [Double] = []
  /// The kernel that was chosen, where there is a choice.
  var kernel: String?
}
