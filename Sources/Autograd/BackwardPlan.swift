/// The steps of a backward pass from one loss, and the memory of the gradients between them.
struct BackwardPlan {
  struct Step {
    let node: Int
    /// For every input of the node: whether its gradient is wanted, and whether it has a part already.
    let inputs: [Want]
  }

  enum Want {
    case no
    case overwrites
    case adds
  }

  private(set) var steps: [Step] = []
  private(set) var slots: [Int] = []
  /// The slot of every value's gradient; -1 where it has none or the store holds it.
  private(set) var slot: [Int]
  /// Trained parameters that the loss does not depend on.
  private(set) var untouched: [Value] = []

  init(_ graph: Graph, loss: Value) {
    slot = [Int](repeating: -1, count: graph.shapes.count)
    let wanted = BackwardPlan.wanted(graph)
    var hasPart = [Bool](repeating: false, count: graph.shapes.count)
    var allocator = SlotAllocator()
    hasPart[loss.index] = true
    slot[loss.index] = allocator.take(graph.shape(of: loss).count)
    for (index, node) in graph.nodes.enumerated().reversed()
    where hasPart[node.output.index] && wanted[node.output.index] {
      var inputs: [Want] = []
      for input in node.inputs {
        guard wanted[input.index] else {
          inputs.append(.no)
          continue
        }
        inputs.append(hasPart[input.index] ? .adds : .overwrites)
        if !hasPart[input.index], !graph.isDeclared(input) {
          slot[input.index] = allocator.take(graph.shape(of: input).count)
        }
        hasPart[input.index] = true
      }
      steps.append(Step(node: index, inputs: inputs))
      allocator.giveBack(slot[node.output.index])
    }
    slots = allocator.sizes
    untouched = graph.sources.indices.map { Value(index: $0) }.filter {
      graph.isDeclared($0) && wanted[$0.index] && !hasPart[$0.index]
    }
  }

  /// Values that a trained parameter, or an input whose gradient was asked for, reaches.
  private static func wanted(_ graph: Graph) -> [Bool] {
    var wanted = graph.sources.map { source in
      switch source {
      case .input(_, let needsGradient): needsGradient
      case .declared(let index): graph.declarations[index].isTrained
      case .node: false
      }
    }
    for node in graph.nodes {
      wanted[node.output.index] = node.inputs.contains { wanted[$0.index] }
    }
    return wanted
  }
}

extension Graph {
  /// Whether a value is a parameter or a statistic.
  func isDeclared(_ value: Value) -> Bool {
    if case .declared = sources[value.index] { return true }
    return false
  }
}
