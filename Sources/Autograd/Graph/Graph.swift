/// A network for one input shape: ops and the values between them, without any memory.
///
/// Built once a shape and handed to an `Executor`. Feature maps are `[N, C, H, W]`.
public struct Graph: Sendable {
  /// What layers that behave differently in training do.
  public enum Mode: Hashable, Sendable {
    /// Batch norm uses the batch's statistics and moves the running ones.
    case training
    /// Batch norm uses the running statistics and leaves them; still differentiable, with them as
    /// constants, as PyTorch trains with its batch norms in `eval()`.
    case evaluation
    /// Batch norm uses the batch's statistics and puts them in place of the running ones, as PyTorch's
    /// does at a momentum of 1: what statistics are fitted to images with.
    case calibration
  }

  /// What the graph is for.
  public let mode: Mode

  enum Source: Sendable {
    case input(String, needsGradient: Bool)
    case declared(Int)
    case node(Int)
  }

  struct Node: Sendable {
    let op: any Op
    let inputs: [Value]
    let output: Value
  }

  private(set) var sources: [Source] = []
  private(set) var shapes: [Shape] = []
  private(set) var nodes: [Node] = []
  private(set) var kept: Set<Value> = []
  private var valueOfPath: [Path: Value] = [:]

  /// Parameters and statistics, in the order in which they were first named.
  private(set) var declarations: [Declaration] = []

  /// Starts an empty graph.
  public init(mode: Mode) { self.mode = mode }

  /// Names an input, which `Executor.load` fills.
  ///
  /// Its gradient is found only with `needsGradient`, since training does not ask for it.
  public mutating func input(_ name: String, _ shape: Shape, needsGradient: Bool = false) -> Value {
    add(.input(name, needsGradient: needsGradient), shape)
  }

  /// Names a trained parameter; a path named before gives the value of before.
  public mutating func parameter(
    _ path: Path, _ shape: Shape, _ initializer: Initializer
  ) -> Value {
    declare(path, shape, initializer, isTrained: true)
  }

  /// Names state that is not trained, such as a running mean.
  public mutating func statistic(
    _ path: Path, _ shape: Shape, _ initializer: Initializer
  ) -> Value {
    declare(path, shape, initializer, isTrained: false)
  }

  /// Adds a node and gives its output.
  mutating func apply(_ op: some Op, to inputs: [Value]) -> Value {
    let output = add(.node(nodes.count), op.shape(of: inputs.map { shape(of: $0) }))
    nodes.append(Node(op: op, inputs: inputs, output: output))
    return output
  }

  /// Promises that `Executor.values(of:)` can read this value after the pass.
  ///
  /// Inputs, parameters, values that no op uses, scalars and feature maps of one channel can be read
  /// without, unless the executor has joined what made them to the op that reads them. All others are
  /// overwritten as soon as nobody needs them. What is kept costs its memory, and is not joined.
  public mutating func keep(_ value: Value) { kept.insert(value) }

  /// The extents of a value.
  public func shape(of value: Value) -> Shape { shapes[value.index] }

  /// What a value is, for messages: an input's name, a parameter's path, or the op and its layer.
  func describe(_ value: Value) -> String {
    switch sources[value.index] {
    case .input(let name, _): return "input '\(name)'"
    case .declared(let index): return "'\(declarations[index].path)'"
    case .node(let index): return describe(nodes[index].op.name, of: nodes[index].inputs)
    }
  }

  /// What is computed of some inputs, and in which layer.
  func describe(_ name: String, of inputs: [Value]) -> String {
    let layer = layer(of: inputs)
    if !layer.isEmpty { return "\(name) of layer '\(layer)'" }
    guard let first = inputs.first else { return name }
    return "\(name) after \(describe(first))"
  }

  /// The layer that parameters among some inputs belong to; empty where there are none.
  func layer(of inputs: [Value]) -> String {
    for case .declared(let index) in inputs.map({ sources[$0.index] }) {
      let path = declarations[index].path.description
      return path.split(separator: ".").dropLast().joined(separator: ".")
    }
    return ""
  }

  /// Whether a value is a parameter or a statistic.
  func isDeclared(_ value: Value) -> Bool {
    if case .declared = sources[value.index] { return true }
    return false
  }

  /// The node that makes a value, if it is not given from outside.
  func maker(of value: Value) -> Int? {
    if case .node(let index) = sources[value.index] { return index }
    return nil
  }

  /// The places, among nodes or steps that read these inputs, of those that read each value.
  func readers(_ inputs: [[Value]]) -> [[Int]] {
    var readers = [[Int]](repeating: [], count: shapes.count)
    for (index, inputs) in inputs.enumerated() {
      for input in inputs { readers[input.index].append(index) }
    }
    return readers
  }

  private mutating func add(_ source: Source, _ shape: Shape) -> Value {
    sources.append(source)
    shapes.append(shape)
    return Value(index: shapes.count - 1)
  }

  private mutating func declare(
    _ path: Path, _ shape: Shape, _ initializer: Initializer, isTrained: Bool
  ) -> Value {
    if let value = valueOfPath[path] {
      precondition(
        self.shape(of: value) == shape,
        "'\(path)' was named with shape \(self.shape(of: value)) and now with \(shape)")
      return value
    }
    declarations.append(
      Declaration(path: path, shape: shape, initializer: initializer, isTrained: isTrained))
    let value = add(.declared(declarations.count - 1), shape)
    valueOfPath[path] = value
    return value
  }
}

extension Graph {
  /// Bytes that an executor with the same arguments and so many threads would run in, the parameters not
  /// counted; plans as the executor does and takes no memory.
  public func executionBytes(
    threads: Int, loss: Value? = nil, freezesParameters: Bool = false
  ) -> Int {
    MemoryPlan(self, loss: loss, threads: threads, freezes: freezesParameters).floats * 4
  }

  /// Numbers in all parameters and statistics together.
  public var parameterCount: Int { declarations.reduce(0) { $0 + $1.shape.count } }
}
