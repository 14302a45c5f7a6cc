public import Kernels

/// Owns the memory of one graph and runs it forward and backward.
///
/// All of it is one arena, planned when the executor is made; a pass allocates nothing. Several executors,
/// one a shape, may share a store of parameters.
public final class Executor {
  /// The graph that it runs.
  public let graph: Graph
  /// Runs every step in its place, such as to time it; what it is given it must call once.
  public var trace: ExecutionTrace?

  private let plan: MemoryPlan
  private let parameters: ParameterStore
  private let pool: ThreadPool
  private let memory: WorkingMemory
  private var places: BoundMemory?
  private var forwardPasses: [ForwardPass] = []
  private var backwardPasses: [BackwardPass] = []
  private let freezesParameters: Bool
  /// The inputs that were filled since the memory was taken over, and those that were lost when it was.
  private var (filled, lost): (Set<Int>, Set<Int>) = ([], [])
  private var hasSaved = false
  private var canGoBackward = false

  /// Plans and makes all memory.
  ///
  /// - Parameters:
  ///   - graph: What to run.
  ///   - parameters: Where its parameters lie.
  ///   - pool: The threads.
  ///   - loss: What `backward` finds the gradients of, a value of one element; nil to keep nothing for it.
  ///   - freezesParameters: Whether parameters stay as they are from the first pass on, so that what is
  ///     made of them is made once.
  ///   - memory: What to run in; executors that never run between a pass and its end may share one.
  public init(
    _ graph: Graph, parameters: ParameterStore, pool: ThreadPool, loss: Value? = nil,
    freezesParameters: Bool = false, memory: WorkingMemory = WorkingMemory()
  ) {
    if let loss {
      precondition(graph.shape(of: loss).count == 1, "a loss of shape \(graph.shape(of: loss))")
    }
    self.graph = graph
    self.parameters = parameters
    self.pool = pool
    self.memory = memory
    self.freezesParameters = freezesParameters
    plan = MemoryPlan(graph, loss: loss, threads: pool.threads, freezes: freezesParameters)
    memory.reserve(plan.floats)
    takeTurn()
  }

  /// Takes the memory over from whoever had it.
  @discardableResult
  private func takeTurn() -> BoundMemory {
    let hadTurn = memory.take(by: self)
    if hadTurn, let places { return places }
    let places = BoundMemory(plan, parameters, in: memory.buffer)
    forwardPasses = places.forwardPasses(pool)
    backwardPasses = places.backwardPasses(pool)
    self.places = places
    hasSaved = false
    canGoBackward = false
    return places
  }

  /// Lets go of the memory, which another is to use or to replace.
  func endTurn() {
    places = nil
    forwardPasses = []
    backwardPasses = []
    canGoBackward = false
    lost.formUnion(filled)
    filled.removeAll()
  }

  /// The memory, which nobody may have had since the last pass.
  private var held: BoundMemory {
    guard let places, memory.holder === self else {
      preconditionFailure("another executor has used the memory since")
    }
    return places
  }

  /// What the steps are that `trace` runs, by their numbers.
  public var steps: [ExecutionStep] {
    var wanted = [[Bool]](repeating: [], count: plan.nodes.count)
    for step in plan.backward { wanted[step.node] = step.wants.map { $0 != nil } }
    return zip(plan.nodes, wanted).map { node, wanted in
      let shapes = node.inputs.map { graph.shape(of: $0) }
      return ExecutionStep(
        layer: graph.layer(of: node.inputs), op: node.step.name, work: node.step.work(for: shapes),
        wanted: wanted)
    }
  }

  /// Bytes of memory that it runs in, the parameters not counted.
  var memoryBytes: Int { plan.floats * 4 }

  /// Fills an input, channels-last.
  public func load(_ values: [Float], into input: Value) {
    let places = takeTurn()
    guard case .input = graph.sources[input.index], let tensor = places.tensors[input.index] else {
      preconditionFailure("\(graph.describe(input)) is not an input")
    }
    precondition(
      values.count == graph.shape(of: input).count,
      "\(values.count) values for \(graph.describe(input)) of \(graph.shape(of: input))")
    tensor.buffer.copy(from: values)
    filled.insert(input.index)
    lost.remove(input.index)
  }

  /// Computes every value.
  ///
  /// - Precondition: inputs that were loaded before another executor used the same `WorkingMemory` were
  ///   loaded again.
  public func forward() {
    takeTurn()
    precondition(lost.isEmpty, "another executor has used the memory since the inputs were loaded")
    for (index, node) in plan.nodes.enumerated() where !plan.written.contains(index) {
      var pass = forwardPasses[index]
      pass.hasSaved = hasSaved
      run(index, .forward) { node.step.forward(pass) }
    }
    hasSaved = freezesParameters
    canGoBackward = plan.loss != nil
  }

  /// Finds the gradients of the loss after `forward`, whose values it uses up.
  ///
  /// Overwrites the gradients of all trained parameters in the store.
  public func backward() {
    precondition(canGoBackward, "backward needs a loss, and a forward pass of its own")
    canGoBackward = false
    let gradients = held.gradients
    for value in plan.untouched { gradients[value.index]?.buffer.fill(0) }
    guard let loss = plan.loss, let gradient = gradients[loss.index], !plan.backward.isEmpty
    else { return }
    gradient.buffer.fill(1)
    for (step, pass) in zip(plan.backward, backwardPasses) {
      run(step.node, .backward) { plan.nodes[step.node].step.backward(pass) }
    }
  }

  private func run(_ step: Int, _ phase: ExecutionPhase, _ body: () -> Void) {
    guard let trace else { return body() }
    trace(step, phase, body)
  }

  /// A value: of an input, a scalar, a feature map of one channel, a value that no op uses or that
  /// `Graph.keep` named, channels-last and activated; or of a parameter, in PyTorch's order.
  ///
  /// - Precondition: no other executor has used the same `WorkingMemory` since the pass.
  public func values(of value: Value) -> [Float] {
    let places = held
    guard plan.isLastingValue(value), let tensor = places.tensors[value.index] else {
      preconditionFailure("\(graph.describe(value)) is not kept; ask for it with Graph.keep")
    }
    if let entry = places.entries[value.index] { return entry.ordered(tensor.buffer) }
    return tensor.values
  }

  /// The gradient of a trained parameter, in PyTorch's order, or of an input that was named with
  /// `needsGradient`, channels-last.
  public func gradient(of value: Value) -> [Float] {
    let gradients = held.gradients
    if let entry = held.entries[value.index] {
      guard let gradient = gradients[value.index] else {
        preconditionFailure("\(graph.describe(value)) is not trained, or nothing is")
      }
      return entry.ordered(gradient.buffer)
    }
    guard case .input(_, needsGradient: true) = graph.sources[value.index] else {
      preconditionFailure(
        "the gradient of \(graph.describe(value)) is not kept; name the input with needsGradient")
    }
    return gradients[value.index]?.values
      ?? [Float](repeating: 0, count: graph.shape(of: value).count)
  }

  /// The first step whose output holds a number that is not finite, as a message can name it.
  ///
  /// Looks at values that are still there, in the order of computation: before the backward pass at all
  /// that it needs, after it at those alone that can be read.
  public func firstNonFinite() -> String? {
    for node in plan.nodes
    where canGoBackward ? plan.isReadable(node.output) : plan.isLastingValue(node.output) {
      if let tensor = held.tensors[node.output.index], !tensor.isFinite {
        return graph.describe(node.step.name, of: node.inputs)
      }
    }
    return nil
  }
}
