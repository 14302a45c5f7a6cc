import Kernels

/// Which nodes of a graph one step computes together.
struct Joins {
  /// A node with those that its step computes too.
  struct Group {
    let head: Graph.Node
    /// The doubling in front of a convolution.
    var doubling: Graph.Node?
    /// The batch norm behind a convolution.
    var norm: (op: BatchNorm, node: Graph.Node)?
    /// Whether a ReLU comes last.
    var hasReLU = false
    /// What the last of them makes.
    var output: Value

    /// What a convolution at the head reads: where a doubling is taken in, what came before it.
    func operands(of head: Graph.Node) -> ConvolutionOperands<Value> {
      let operands = ConvolutionOperands(head.inputs)
      return doubling.map { operands.reading($0.inputs[0]) } ?? operands
    }
  }

  /// The groups, in the order of their heads.
  private(set) var groups: [Group] = []

  private let graph: Graph
  private let loss: Value?
  private let freezes: Bool
  /// The nodes that read each value.
  private let readers: [[Int]]
  private var isTaken: [Bool]

  /// Finds them in a graph whose gradients are asked for if there is a loss.
  init(_ graph: Graph, loss: Value?, freezes: Bool) {
    self.graph = graph
    self.loss = loss
    self.freezes = freezes
    readers = graph.readers(graph.nodes.map(\.inputs))
    isTaken = [Bool](repeating: false, count: graph.nodes.count)
    let doublings = graph.nodes.map { doubling(before: $0) }
    for case .some(let index) in doublings { isTaken[index] = true }
    for (index, node) in graph.nodes.enumerated() where !isTaken[index] {
      var group = Group(
        head: node, doubling: doublings[index].map { graph.nodes[$0] }, output: node.output)
      takeFollowers(into: &group)
      groups.append(group)
    }
  }

  /// The doubling in front of a convolution, if the convolution's kernels can see through it.
  private func doubling(before node: Graph.Node) -> Int? {
    guard let convolution = node.op as? Convolution, canVanish(node.inputs[0]),
      let index = graph.maker(of: node.inputs[0]),
      graph.nodes[index].op is UpsampleNearest
    else { return nil }
    let operands = ConvolutionOperands(node.inputs).reading(graph.nodes[index].inputs[0])
    let sizes = convolution.sizes(
      of: operands.map { graph.shape(of: $0) }, upsamples: true)
    return sizes.canUpsample(keepsFilter: freezes) ? index : nil
  }

  /// Takes in what follows a group's head and nothing else reads.
  private mutating func takeFollowers(into group: inout Group) {
    if group.head.op is Convolution, let (index, node) = follower(of: group.output),
      let norm = node.op as? BatchNorm
    {
      group.norm = (norm, node)
      group.output = node.output
      isTaken[index] = true
    }
    guard group.head.op is Convolution || group.head.op is BatchNorm || group.head.op is Add,
      let (index, node) = follower(of: group.output), node.op is ReLU
    else { return }
    group.hasReLU = true
    group.output = node.output
    isTaken[index] = true
  }

  /// The one node that reads a value first and nothing else that is computed, if the value may vanish.
  private func follower(of value: Value) -> (Int, Graph.Node)? {
    guard canVanish(value) else { return nil }
    let index = readers[value.index][0]
    let node = graph.nodes[index]
    // What else it reads must be there when the maker of the value runs.
    guard node.inputs.first == value,
      node.inputs.dropFirst().allSatisfy({ graph.maker(of: $0) == nil })
    else { return nil }
    return (index, node)
  }

  private func canVanish(_ value: Value) -> Bool {
    readers[value.index].count == 1 && !graph.kept.contains(value) && value != loss
  }
}
