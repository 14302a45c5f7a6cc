import Kernels

/// Where every value, gradient, saved state and scratch of a graph lies, and when.
///
/// A forward pass takes the steps 0 ..< nodes, a backward pass as many after it, in reverse. Each
/// piece of memory is a region with a first and a last step; `Arena` puts regions that are never alive
/// together into the same place. Parameters lie in their store and have no region.
struct MemoryPlan {
  /// Where feature maps or other values start, and how far their pixels are apart.
  struct Home {
    let region: Int
    /// Floats from the region's start.
    var offset = 0
    /// Floats from a pixel to the next.
    let stride: Int
  }

  /// What a node's backward pass is asked for.
  struct Want {
    let adds: Bool
    let isShared: Bool
  }

  /// A node's turn in the backward pass.
  struct BackwardStep {
    let node: Int
    let wants: [Want?]
    let scratch: Int
  }

  let graph: Graph
  let nodes: [Lowering.Node]
  let readers: [[Int]]
  /// The pieces of memory.
  private(set) var regions: [Region] = []
  /// Floats of them all.
  private(set) var floats = 0
  /// Of every value; nil for parameters and for what vanished.
  private(set) var homes: [Home?]
  /// Of the factors of every value that is left to its readers to activate: three runs of `stride`, the
  /// value's own from `offset`.
  private(set) var pendingHomes: [Home?]
  /// Of every gradient.
  private(set) var gradientHomes: [Home?]
  /// The region of what every node saves for its way back.
  private(set) var saved: [Int] = []
  /// The region of every node's working memory in the forward pass.
  private(set) var scratch: [Int] = []
  /// The backward pass, in its order.
  private(set) var backward: [BackwardStep] = []
  /// Concatenations that their parts write.
  private(set) var written: Set<Int> = []
  /// Trained parameters that the loss does not depend on.
  private(set) var untouched: [Value] = []

  let loss: Value?
  private let threads: Int

  init(_ graph: Graph, loss: Value?, threads: Int, freezes: Bool) {
    self.graph = graph
    self.loss = loss
    self.threads = threads
    let lowering = Lowering(graph, loss: loss, freezes: freezes)
    nodes = lowering.nodes
    readers = lowering.readers
    homes = [Home?](repeating: nil, count: graph.shapes.count)
    gradientHomes = homes
    pendingHomes = homes
    placeConcatenations()
    placeValues()
    placePending()
    placeSavedAndScratch(freezes: freezes)
    if let loss { placeGradients(of: loss) }
    floats = Arena.place(&regions)
  }

  /// The step after all others.
  var end: Int { 2 * nodes.count }

  /// When a node's backward pass runs.
  private func backwardStep(of node: Int) -> Int { end - 1 - node }

  private mutating func region(_ floats: Int, at step: Int) -> Int {
    regions.append(Region(floats: floats, at: step))
    return regions.count - 1
  }

  private mutating func whole(_ value: Value, at step: Int) -> Home {
    let shape = graph.shape(of: value)
    return Home(region: region(shape.count, at: step), stride: shape.denseStride)
  }

  /// Whether a value is still there when both passes have ended, so that it can be given away.
  func isLastingValue(_ value: Value) -> Bool {
    guard let home = homes[value.index] else { return graph.isDeclared(value) }
    return regions[home.region].last == end
  }

  /// Whether a value is still there when the forward pass has ended.
  func isReadable(_ value: Value) -> Bool {
    guard let home = homes[value.index] else { return graph.isDeclared(value) }
    return regions[home.region].last >= nodes.count
  }
}

// MARK: - Values

extension MemoryPlan {
  /// Gives concatenations and their parts a common home where nobody minds.
  private mutating func placeConcatenations() {
    var producer: [Value: Int] = [:]
    for (index, node) in nodes.enumerated() {
      defer { producer[node.output] = index }
      guard node.step.views.contains(.joins), readsViews(node.output),
        Set(node.inputs).count == node.inputs.count
      else { continue }
      let fits = node.inputs.allSatisfy { input in
        guard let maker = producer[input], homes[input.index] == nil else { return false }
        return nodes[maker].step.views.contains(.writes) && readsViews(input)
          && readers[input.index].allSatisfy { $0 <= index }
      }
      guard fits else { continue }
      written.insert(index)
      let home = whole(node.output, at: index)
      homes[node.output.index] = home
      for (input, offset) in parts(of: node) {
        homes[input.index] = Home(region: home.region, offset: offset, stride: home.stride)
      }
    }
  }

  private func parts(of node: Lowering.Node) -> [(input: Value, offset: Int)] {
    var offset = 0
    return node.inputs.map { input in
      defer { offset += graph.shape(of: input).channels }
      return (input, offset)
    }
  }

  private func readsViews(_ value: Value) -> Bool {
    readers[value.index].allSatisfy { nodes[$0].readsView(of: value) }
  }

  private mutating func placeValues() {
    for index in graph.sources.indices {
      guard case .input = graph.sources[index] else { continue }
      homes[index] = whole(Value(index: index), at: 0)
      touch(Value(index: index), end)
    }
    for (step, node) in nodes.enumerated() {
      if homes[node.output.index] == nil { homes[node.output.index] = whole(node.output, at: step) }
      touch(node.output, step)
      for input in node.inputs { touch(input, step) }
      if isKeptForUser(node.output) { touch(node.output, end) }
      guard loss != nil else { continue }
      if node.step.keeps.contains(.output) { touch(node.output, backwardStep(of: step)) }
      guard node.step.keeps.contains(.inputs) else { continue }
      for input in node.inputs { touch(input, backwardStep(of: step)) }
    }
  }

  private mutating func touch(_ value: Value, _ step: Int) {
    if let home = homes[value.index] { regions[home.region].touch(step) }
  }

  /// What `Executor.values(of:)` promises to give.
  private func isKeptForUser(_ value: Value) -> Bool {
    let isThin = graph.shape(of: value).denseStride == 1
    return isThin || readers[value.index].isEmpty || graph.kept.contains(value) || value == loss
  }

  /// Places the factors of deferred activations: of a concatenation's parts side by side.
  private mutating func placePending() {
    for node in nodes
    where node.step.views.contains(.defers) && pendingHomes[node.output.index] == nil {
      guard let home = homes[node.output.index] else { continue }
      let region = region(3 * padded(home.stride), at: 0)
      regions[region].touch(end)
      let factors = Home(region: region, stride: padded(home.stride))
      guard let joined = written.first(where: { nodes[$0].inputs.contains(node.output) }) else {
        pendingHomes[node.output.index] = factors
        continue
      }
      pendingHomes[nodes[joined].output.index] = factors
      for (input, offset) in parts(of: nodes[joined]) where defers(input) {
        pendingHomes[input.index] = Home(region: region, offset: offset, stride: factors.stride)
      }
    }
  }

  private func defers(_ value: Value) -> Bool {
    nodes.contains { $0.output == value && $0.step.views.contains(.defers) }
  }

  private mutating func placeSavedAndScratch(freezes: Bool) {
    for (step, node) in nodes.enumerated() {
      let shapes = node.inputs.map { graph.shape(of: $0) }
      let kept = region(node.step.savedCount(for: shapes), at: step)
      if loss != nil { regions[kept].touch(backwardStep(of: step)) }
      if freezes {
        regions[kept].touch(0)
        regions[kept].touch(end)
      }
      saved.append(kept)
      scratch.append(region(node.step.forwardScratch(for: shapes, threads: threads), at: step))
    }
  }
}

// MARK: - Gradients

extension MemoryPlan {
  private mutating func placeGradients(of loss: Value) {
    let wanted = wantedValues()
    var hasPart = [Bool](repeating: false, count: graph.shapes.count)
    hasPart[loss.index] = true
    gradientHomes[loss.index] = whole(loss, at: nodes.count)
    for (index, node) in nodes.enumerated().reversed()
    where hasPart[node.output.index] && wanted[node.output.index] {
      let step = backwardStep(of: index)
      touchGradient(node.output, step)
      if written.contains(index) {
        shareGradient(of: node, hasPart: &hasPart)
        continue
      }
      var wants: [Want?] = []
      for (place, input) in node.inputs.enumerated() {
        guard wanted[input.index] else {
          wants.append(nil)
          continue
        }
        let isShared =
          node.step.sharedGradient == place && !hasPart[input.index]
          && graph.maker(of: input) != nil && isGradientWhole(node.output)
        if !hasPart[input.index], !graph.isDeclared(input) {
          gradientHomes[input.index] =
            isShared ? gradientHomes[node.output.index] : whole(input, at: step)
          if graph.maker(of: input) == nil { touchGradient(input, end) }
        }
        touchGradient(input, step)
        wants.append(Want(adds: hasPart[input.index], isShared: isShared))
        hasPart[input.index] = true
      }
      let shapes = node.inputs.map { graph.shape(of: $0) }
      backward.append(
        BackwardStep(
          node: index, wants: wants,
          scratch: region(node.step.backwardScratch(for: shapes, threads: threads), at: step)))
    }
    untouched = graph.sources.indices.map { Value(index: $0) }.filter {
      graph.isDeclared($0) && wanted[$0.index] && !hasPart[$0.index]
    }
  }

  /// The gradients of a concatenation's parts are slices of its own.
  private mutating func shareGradient(of node: Lowering.Node, hasPart: inout [Bool]) {
    guard let home = gradientHomes[node.output.index] else { return }
    for (input, offset) in parts(of: node) {
      gradientHomes[input.index] = Home(
        region: home.region, offset: home.offset + offset, stride: home.stride)
      hasPart[input.index] = true
    }
  }

  private func isGradientWhole(_ value: Value) -> Bool {
    gradientHomes[value.index]?.stride == graph.shape(of: value).denseStride
  }

  private mutating func touchGradient(_ value: Value, _ step: Int) {
    if let home = gradientHomes[value.index] { regions[home.region].touch(step) }
  }

  /// Values that a trained parameter, or an input whose gradient was asked for, reaches.
  private func wantedValues() -> [Bool] {
    var wanted = graph.sources.map { source in
      switch source {
      case .input(_, let needsGradient): needsGradient
      case .declared(let index): graph.declarations[index].isTrained
      case .node: false
      }
    }
    for node in nodes { wanted[node.output.index] = node.inputs.contains { wanted[$0.index] } }
    return wanted
  }
}
