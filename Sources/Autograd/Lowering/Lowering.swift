import Kernels

/// A graph's nodes as the steps that compute them: joined where one pass does the work of several, with
/// every choice of kernels made.
///
/// A convolution takes in the doubling in front of it, and the batch norm and the ReLU behind it; a batch
/// norm and a sum take in their ReLU; a product with a factor a pixel becomes a gate. Values that vanish
/// in between have no memory. Nothing is joined across a value that somebody asked to keep, that is the
/// loss or that two nodes read.
struct Lowering {
  /// A step with the values that it reads and makes.
  struct Node {
    let step: any Step
    let inputs: [Value]
    let output: Value

    /// Whether it can do with a slice of a value, and one that is not activated.
    func readsView(of value: Value) -> Bool {
      inputs.indices.allSatisfy { inputs[$0] != value || step.readsView(at: $0) }
    }
  }

  /// The steps, in an order in which they can run.
  let nodes: [Node]
  /// The places among `nodes` of those that read each value.
  let readers: [[Int]]

  /// Lowers a graph whose gradients are asked for if there is a loss.
  init(_ graph: Graph, loss: Value?, freezes: Bool = false) {
    let groups = Joins(graph, loss: loss, freezes: freezes).groups
    // From the last to the first: what becomes of a batch norm depends on the steps that read it.
    var readersOf: [Value: [Node]] = [:]
    var made: [Node] = []
    for group in groups.reversed() {
      let node = Lowering.node(
        of: group, in: graph, loss: loss, freezes: freezes, readers: readersOf[group.output] ?? [])
      for input in node.inputs { readersOf[input, default: []].append(node) }
      made.append(node)
    }
    nodes = made.reversed()
    readers = graph.readers(nodes.map(\.inputs))
  }

  /// The one place that asks what an op is: the step that computes a group of nodes.
  private static func node(
    of group: Joins.Group, in graph: Graph, loss: Value?, freezes: Bool, readers: [Node]
  ) -> Node {
    var inputs = OperandList()
    let step: any Step
    switch group.head.op {
    case let op as Convolution:
      let values = group.operands(of: group.head)
      let sizes = op.sizes(
        of: values.map { graph.shape(of: $0) }, upsamples: group.doubling != nil)
      let operands = values.map { inputs.add($0) }
      let norm = group.norm.map { norm in
        ConvolutionStep.Norm(
          op: norm.op, operands: NormOperands(norm.node.inputs).map { inputs.add($0) },
          treatment: treatment(of: norm.op, group.output, loss: loss, readers: readers))
      }
      step = ConvolutionStep(
        op, sizes, operands, norm: norm, hasReLU: group.hasReLU, freezes: freezes)
    case let op as TransposedConvolution:
      let values = ConvolutionOperands(group.head.inputs)
      let sizes = op.sizes(of: values.map { graph.shape(of: $0) })
      step = TransposedConvolutionStep(
        name: op.name, operands: values.map { inputs.add($0) }, sizes: sizes,
        method: sizes.method())
    case let op as BatchNorm:
      step = BatchNormStep(
        op: op, x: inputs.add(group.head.inputs[0]),
        operands: NormOperands(group.head.inputs).map { inputs.add($0) }, hasReLU: group.hasReLU)
    case let op as Multiply where op.isGate(group.head.inputs.map { graph.shape(of: $0) }):
      let gate = op.gateIndex(group.head.inputs.map { graph.shape(of: $0) })
      step = Gate(
        gate: inputs.add(group.head.inputs[gate]), x: inputs.add(group.head.inputs[1 - gate]))
    case is Add where group.hasReLU:
      inputs.add(group.head.inputs)
      step = Add(hasReLU: true)
    case let op as any Step:
      inputs.add(group.head.inputs)
      step = op
    default: preconditionFailure("no step computes \(group.head.op.name)")
    }
    return Node(step: step, inputs: inputs.values, output: group.output)
  }

  /// What becomes of a convolution's batch norm.
  private static func treatment(
    of norm: BatchNorm, _ output: Value, loss: Value?, readers: [Node]
  ) -> ConvolutionStep.Treatment {
    if !norm.training && loss == nil { return .folded }
    return !readers.isEmpty && readers.allSatisfy { $0.readsView(of: output) }
      ? .deferred : .applied
  }
}
