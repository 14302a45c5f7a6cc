/// Which memory each value of a graph takes in the forward pass.
///
/// A slot is one allocation; values whose lives do not overlap share one. The next design of the engine
/// replaces slots by offsets in one arena, here and in `BackwardPlan`, without a change elsewhere.
struct ForwardPlan {
  /// Floats of every slot.
  private(set) var slots: [Int] = []
  /// The slot of every value; -1 for parameters, whose memory is the store's.
  private(set) var slot: [Int]
  /// Whether a value can still be read when the pass has ended.
  let isReadable: [Bool]

  init(_ graph: Graph, keepsForBackward: Bool) {
    var lastUse = [Int](repeating: -1, count: graph.shapes.count)
    var isKept = [Bool](repeating: false, count: graph.shapes.count)
    for (step, node) in graph.nodes.enumerated() {
      for input in node.inputs { lastUse[input.index] = step }
      guard keepsForBackward else { continue }
      if node.op.keeps.contains(.output) { isKept[node.output.index] = true }
      guard node.op.keeps.contains(.inputs) else { continue }
      for input in node.inputs { isKept[input.index] = true }
    }
    let readable = graph.sources.indices.map { index -> Bool in
      guard case .node = graph.sources[index] else { return true }
      let shape = graph.shapes[index]
      let isThin = shape.extents.count != 4 || shape.extents[1] == 1
      return isKept[index] || lastUse[index] < 0 || isThin
        || graph.kept.contains(Value(index: index))
    }
    isReadable = readable
    slot = [Int](repeating: -1, count: graph.shapes.count)
    var allocator = SlotAllocator()
    for index in graph.sources.indices {
      if case .input = graph.sources[index] {
        slot[index] = allocator.take(graph.shapes[index].count)
      }
    }
    for (step, node) in graph.nodes.enumerated() {
      slot[node.output.index] = allocator.take(graph.shape(of: node.output).count)
      for input in node.inputs where lastUse[input.index] == step && !readable[input.index] {
        lastUse[input.index] = -1
        allocator.giveBack(slot[input.index])
      }
    }
    slots = allocator.sizes
  }
}

/// Hands out slots and takes them back, the best fitting first; a free slot may grow.
struct SlotAllocator {
  /// Floats of every slot.
  private(set) var sizes: [Int] = []
  private var free: [Int] = []

  /// A slot of at least `count` floats.
  mutating func take(_ count: Int) -> Int {
    let fitting = free.filter { sizes[$0] >= count }.min { (sizes[$0], $0) < (sizes[$1], $1) }
    guard let best = fitting ?? free.max(by: { (sizes[$0], $0) < (sizes[$1], $1) }) else {
      sizes.append(count)
      return sizes.count - 1
    }
    sizes[best] = max(sizes[best], count)
    free.removeAll { $0 == best }
    return best
  }

  /// Lets others use a slot.
  mutating func giveBack(_ slot: Int) { free.append(slot) }
}
