/// The place of one of a step's inputs, and of its gradient, named once when the step is made.
struct Operand: Hashable, Sendable {
  let index: Int
}

/// A step's inputs as they are collected, each of which gets its place.
struct OperandList {
  private(set) var values: [Value] = []

  mutating func add(_ value: Value) -> Operand {
    values.append(value)
    return Operand(index: values.count - 1)
  }

  mutating func add(_ more: [Value]) { values += more }
}

/// What a convolution reads, forward or transposed: shapes, values or places.
struct ConvolutionOperands<Element> {
  let x: Element
  let filter: Element
  let bias: Element?
}

extension ConvolutionOperands {
  /// Names what `Graph.convolution` put in this order.
  init(_ inputs: [Element]) {
    precondition(inputs.count == 2 || inputs.count == 3, "x, filter and perhaps bias")
    self.init(x: inputs[0], filter: inputs[1], bias: inputs.count == 3 ? inputs[2] : nil)
  }

  /// The same of something else, in the order of declaration.
  func map<Other>(_ body: (Element) -> Other) -> ConvolutionOperands<Other> {
    ConvolutionOperands<Other>(x: body(x), filter: body(filter), bias: bias.map(body))
  }

  /// The same with other activations to read.
  func reading(_ x: Element) -> ConvolutionOperands {
    ConvolutionOperands(x: x, filter: filter, bias: bias)
  }
}

/// What a batch norm reads beside the activations: shapes, values, places or tensors.
struct NormOperands<Element> {
  let weight: Element
  let bias: Element
  let runningMean: Element
  let runningVariance: Element
}

extension NormOperands {
  /// Names what `Graph.batchNorm` put in this order behind the activations.
  init(_ inputs: [Element]) {
    precondition(inputs.count == 5, "x, weight, bias, running mean and running variance")
    self.init(
      weight: inputs[1], bias: inputs[2], runningMean: inputs[3], runningVariance: inputs[4])
  }

  /// The same of something else, in the order of declaration.
  func map<Other>(_ body: (Element) -> Other) -> NormOperands<Other> {
    NormOperands<Other>(
      weight: body(weight), bias: body(bias), runningMean: body(runningMean),
      runningVariance: body(runningVariance))
  }

  /// All four.
  var all: [Element] { [weight, bias, runningMean, runningVariance] }
}

extension ConvolutionOperands: Sendable where Element: Sendable {}
extension NormOperands: Sendable where Element: Sendable {}
