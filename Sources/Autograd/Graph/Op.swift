/// What a node of a graph means: a small value that knows shapes and calculus, never a buffer's life.
///
/// An op is a description and stays as it was declared. Most are computed as they are and are their own
/// `Step`. A convolution, a transposed one, a batch norm and a product leave choices open (kernels, what
/// is joined to them); `Lowering` makes those and gives the step that computes them.
protocol Op: Sendable {
  /// The output's shape; traps with both shapes where the inputs do not fit.
  func shape(of inputs: [Shape]) -> Shape

  /// What it computes, for engines other than this one; nil for what only training needs.
  var meaning: OpMeaning? { get }
}

extension Op {
  var meaning: OpMeaning? { nil }

  /// The op's name, for messages.
  var name: String { String(describing: type(of: self)) }
}
