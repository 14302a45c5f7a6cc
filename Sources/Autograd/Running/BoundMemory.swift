import Kernels

/// A memory plan bound to memory: every value and gradient where the plan says, and the passes over them.
struct BoundMemory {
  let plan: MemoryPlan
  let arena: Buffer
  let entries: [ParameterStore.Entry?]
  let tensors: [Tensor?]
  let gradients: [Tensor?]

  init(_ plan: MemoryPlan, _ parameters: ParameterStore, in arena: Buffer) {
    self.plan = plan
    let graph = plan.graph
    self.arena = arena
    let entries = graph.sources.map { source -> ParameterStore.Entry? in
      guard case .declared(let index) = source else { return nil }
      return parameters.entry(graph.declarations[index].path)
    }
    self.entries = entries
    tensors = graph.shapes.indices.map { index in
      let value = Value(index: index)
      if let entry = entries[index] {
        precondition(
          entry.shape == graph.shapes[index],
          "\(graph.describe(value)) is \(entry.shape) in the store, \(graph.shapes[index]) here")
        return Tensor(whole: graph.shapes[index], entry.values)
      }
      return plan.tensor(
        of: value, at: plan.homes[index], pending: plan.pendingHomes[index], in: arena)
    }
    gradients = graph.shapes.indices.map { index in
      if let entry = entries[index] {
        guard plan.loss != nil, entry.isTrained else { return nil }
        return Tensor(whole: graph.shapes[index], entry.part(of: parameters.gradients))
      }
      return plan.tensor(
        of: Value(index: index), at: plan.gradientHomes[index], pending: nil, in: arena)
    }
    // What no op writes of a concatenation's factors lets its values through as they are.
    for case .some(let home) in plan.pendingHomes where home.offset == 0 {
      let whole = plan.pending(home, channels: home.stride, in: arena)
      whole.scale.fill(1)
      whole.shift.fill(0)
      whole.floor.fill(-.infinity)
    }
  }

  func forwardPasses(_ pool: ThreadPool) -> [ForwardPass] {
    plan.nodes.enumerated().map { index, node in
      ForwardPass(
        inputs: node.inputs.map { tensor($0, of: node) }, output: tensor(node.output, of: node),
        saved: plan.buffer(plan.saved[index], in: arena),
        scratch: plan.buffer(plan.scratch[index], in: arena), pool: pool)
    }
  }

  func backwardPasses(_ pool: ThreadPool) -> [BackwardPass] {
    plan.backward.map { step in
      let node = plan.nodes[step.node]
      guard let doutput = gradients[node.output.index] else {
        preconditionFailure(
          "no gradient of \(plan.graph.describe(node.step.name, of: node.inputs))")
      }
      return BackwardPass(
        inputs: node.inputs.map { tensor($0, of: node) }, output: tensor(node.output, of: node),
        doutput: doutput,
        dinputs: zip(node.inputs, step.wants).map { input, want in
          guard let want, let tensor = gradients[input.index] else { return nil }
          return .init(tensor: tensor, adds: want.adds, isShared: want.isShared)
        }, saved: plan.buffer(plan.saved[step.node], in: arena),
        scratch: plan.buffer(step.scratch, in: arena), pool: pool)
    }
  }

  private func tensor(_ value: Value, of node: Lowering.Node) -> Tensor {
    guard let tensor = tensors[value.index] else {
      preconditionFailure(
        "no memory for a value of \(plan.graph.describe(node.step.name, of: node.inputs))")
    }
    return tensor
  }
}

extension MemoryPlan {
  fileprivate func buffer(_ region: Int, in arena: Buffer) -> Buffer {
    arena.slice(at: regions[region].start, count: regions[region].floats)
  }

  fileprivate func tensor(
    of value: Value, at home: Home?, pending: Home?, in arena: Buffer
  ) -> Tensor? {
    guard let home else { return nil }
    let shape = graph.shape(of: value)
    let pixels = shape.count / max(1, shape.denseStride)
    let floats = (pixels - 1) * home.stride + shape.denseStride
    return Tensor(
      shape: shape, buffer: buffer(home.region, in: arena).slice(at: home.offset, count: floats),
      stride: home.stride,
      pending: pending.map { self.pending($0, channels: shape.channels, in: arena) })
  }

  fileprivate func pending(_ home: Home, channels: Int, in arena: Buffer) -> PendingActivation {
    let all = buffer(home.region, in: arena)
    func part(_ index: Int) -> Buffer {
      all.slice(at: index * home.stride + home.offset, count: channels)
    }
    return PendingActivation(scale: part(0), shift: part(1), floor: part(2))
  }
}
