public import Kernels

/// Owns the buffers of one graph and runs it forward and backward.
///
/// Several executors, one a shape, may share a store. With `keepsForBackward` the values stay that
/// the ops' backward passes read; the memory of all others is used again as soon as they are dead.
public final class Executor {
  /// The graph that it runs.
  public let graph: Graph

  let parameters: ParameterStore
  let pool: ThreadPool
  let keepsForBackward: Bool
  let forwardPlan: ForwardPlan
  /// The memory of every value, by its index.
  let tensors: [Tensor]
  /// The notes of every node.
  let notes: [Buffer]
  let scratch: Buffer
  let entries: [ParameterStore.Entry?]
  var backwardMemory: [Value: BackwardMemory] = [:]
  var lastLoss: Value?

  /// Plans and makes every buffer; those of `backward` are made when it first runs.
  public init(
    _ graph: Graph, parameters: ParameterStore, pool: ThreadPool, keepsForBackward: Bool
  ) {
    self.graph = graph
    self.parameters = parameters
    self.pool = pool
    self.keepsForBackward = keepsForBackward
    let plan = ForwardPlan(graph, keepsForBackward: keepsForBackward)
    forwardPlan = plan
    let slots = plan.slots.map { Buffer(count: $0) }
    let entries = graph.sources.map { source -> ParameterStore.Entry? in
      guard case .declared(let index) = source else { return nil }
      return parameters.entry(graph.declarations[index].path)
    }
    self.entries = entries
    tensors = graph.shapes.enumerated().map { index, shape in
      if let entry = entries[index] {
        precondition(
          entry.shape == shape,
          "\(graph.describe(Value(index: index))) is \(entry.shape) in the store, \(shape) here")
        return Tensor(shape: shape, buffer: entry.values)
      }
      return Tensor(shape: shape, buffer: slots[plan.slot[index]].slice(at: 0, count: shape.count))
    }
    notes = graph.nodes.map { node in
      Buffer(count: node.op.notes(for: node.inputs.map { graph.shape(of: $0) }))
    }
    scratch = Buffer(
      count: graph.nodes.map { node in
        node.op.scratch(
          for: node.inputs.map { graph.shape(of: $0) }, threads: pool.threads,
          withBackward: keepsForBackward)
      }.max() ?? 0)
  }

  /// Fills an input, channels-last.
  public func load(_ values: [Float], into input: Value) {
    guard case .input = graph.sources[input.index] else {
      preconditionFailure("\(graph.describe(input)) is not an input")
    }
    precondition(
      values.count == graph.shape(of: input).count,
      "\(values.count) values for \(graph.describe(input)) of \(graph.shape(of: input))")
    tensors[input.index].buffer.copy(from: values)
  }

  /// Computes every value.
  public func forward() {
    for (index, node) in graph.nodes.enumerated() {
      node.op.forward(
        ForwardPass(
          inputs: node.inputs.map { tensors[$0.index] }, output: tensors[node.output.index],
          notes: notes[index], scratch: scratch, pool: pool))
    }
  }

  /// A value after `forward`, channels-last.
  public func values(of value: Value) -> [Float] {
    precondition(
      forwardPlan.isReadable[value.index],
      "\(graph.describe(value)) is not kept; ask for it with Graph.keep")
    return tensors[value.index].buffer.values
  }

  /// The first op whose output holds a number that is not finite, as a message can name it.
  ///
  /// Looks at values that are still there, in the order of computation.
  public func firstNonFinite() -> String? {
    for node in graph.nodes where forwardPlan.isReadable[node.output.index] {
      if !isFinite(tensors[node.output.index].buffer) { return graph.describe(node.output) }
    }
    return nil
  }
}
