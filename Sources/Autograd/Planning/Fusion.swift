import Kernels

/// A graph's nodes as they are run: joined where one pass does the work of several.
///
/// A convolution takes in the doubling in front of it, and the batch norm and the ReLU behind it; a sum
/// takes in its ReLU; a product with a factor a pixel becomes a gate. Values that vanish in between have
/// no memory. Nothing is joined across a value that somebody asked to keep, that is the loss or that two
/// nodes read.
struct Fusion {
  /// The nodes, in an order in which they can run.
  private(set) var nodes: [Graph.Node] = []
  /// The nodes that read each value.
  private(set) var readers: [[Int]] = []

  private let graph: Graph
  private let loss: Value?
  private let freezes: Bool
  private var uses: [Int]
  private var producer: [Value: Int] = [:]
  private var isGone: [Bool] = []

  /// Joins the nodes of a graph whose gradients are asked for if there is a loss.
  init(_ graph: Graph, loss: Value?, freezes: Bool = false) {
    self.graph = graph
    self.loss = loss
    self.freezes = freezes
    uses = [Int](repeating: 0, count: graph.shapes.count)
    for node in graph.nodes {
      for input in node.inputs { uses[input.index] += 1 }
    }
    for node in graph.nodes where !joins(node) { append(rewritten(node)) }
    nodes = zip(nodes, isGone).filter { !$0.1 }.map(\.0)
    readers = Fusion.readers(of: graph, nodes)
    nodes = nodes.map { settled($0, readers: readers[$0.output.index]) }
  }

  /// Lets a node be part of the one that made its input, if that is possible.
  private mutating func joins(_ node: Graph.Node) -> Bool {
    guard let first = node.inputs.first, canVanish(first), let maker = producer[first],
      // The rest must be there when the maker runs.
      node.inputs.dropFirst().allSatisfy({ producer[$0] == nil })
    else { return false }
    switch (node.op, nodes[maker].op) {
    case (let norm as BatchNorm, var convolution as Convolution)
    where convolution.norm == nil && !convolution.hasReLU:
      convolution.norm = norm
      replace(maker, convolution, adding: Array(node.inputs.dropFirst()), output: node.output)
    case (is ReLU, var convolution as Convolution) where !convolution.hasReLU:
      convolution.hasReLU = true
      replace(maker, convolution, adding: [], output: node.output)
    case (is ReLU, var norm as BatchNorm) where !norm.hasReLU:
      norm.hasReLU = true
      replace(maker, norm, adding: [], output: node.output)
    case (is ReLU, var sum as Add) where !sum.hasReLU:
      sum.hasReLU = true
      replace(maker, sum, adding: [], output: node.output)
    default: return false
    }
    return true
  }

  private func canVanish(_ value: Value) -> Bool {
    uses[value.index] == 1 && !graph.kept.contains(value) && value != loss
  }

  private mutating func replace(
    _ index: Int, _ op: some Op, adding inputs: [Value], output: Value
  ) {
    producer[nodes[index].output] = nil
    nodes[index] = Graph.Node(op: op, inputs: nodes[index].inputs + inputs, output: output)
    producer[output] = index
  }

  private mutating func append(_ node: Graph.Node) {
    producer[node.output] = nodes.count
    nodes.append(node)
    isGone.append(false)
  }

  /// A node by itself, in the form in which it is run.
  private mutating func rewritten(_ node: Graph.Node) -> Graph.Node {
    switch node.op {
    case var convolution as Convolution:
      var inputs = node.inputs
      if let maker = producer[inputs[0]], let doubling = nodes[maker].op as? UpsampleNearest,
        doubling.factor == 2, canVanish(inputs[0])
      {
        var behind = convolution
        behind.upsamples = true
        let small = [nodes[maker].inputs[0]] + inputs.dropFirst()
        if behind.geometry(of: small.map { graph.shape(of: $0) }).canUpsample(keepsFilter: freezes)
        {
          isGone[maker] = true
          convolution = behind
          inputs = small
        }
      }
      return Graph.Node(op: convolution, inputs: inputs, output: node.output)
    case let product as Multiply:
      let shapes = node.inputs.map { graph.shape(of: $0) }
      guard shapes[0] != shapes[1] else { return node }
      let gate = product.gateIndex(shapes)
      return Graph.Node(
        op: Gate(), inputs: [node.inputs[gate], node.inputs[1 - gate]], output: node.output)
    default: return node
    }
  }

  /// A convolution with its kernels and with what becomes of its batch norm, now that its readers are known.
  private func settled(_ node: Graph.Node, readers: [Int]) -> Graph.Node {
    let shapes = node.inputs.map { graph.shape(of: $0) }
    if var transposed = node.op as? TransposedConvolution {
      transposed.settle(for: shapes)
      return Graph.Node(op: transposed, inputs: node.inputs, output: node.output)
    }
    guard var convolution = node.op as? Convolution else { return node }
    if let norm = convolution.norm {
      if !norm.training && loss == nil {
        convolution.normalization = .folded
      } else {
        let defers =
          !readers.isEmpty && readers.allSatisfy { nodes[$0].readsView(of: node.output) }
        convolution.normalization = defers ? .deferred : .applied
      }
    }
    convolution.settle(for: shapes, freezes: freezes)
    return Graph.Node(op: convolution, inputs: node.inputs, output: node.output)
  }

  private static func readers(of graph: Graph, _ nodes: [Graph.Node]) -> [[Int]] {
    var readers = [[Int]](repeating: [], count: graph.shapes.count)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs { readers[input.index].append(index) }
    }
    return readers
  }
}

extension Graph.Node {
  /// Whether the op can do with a slice of a value, and one that is not activated: a gate can for the
  /// pictures alone.
  func readsView(of value: Value) -> Bool {
    op.views.contains(.reads) && !(op is Gate && inputs[0] == value)
  }
}
