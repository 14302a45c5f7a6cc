import Kernels

/// A backward plan with its memory.
struct BackwardMemory {
  let plan: BackwardPlan
  let slots: [Buffer]
}

extension Executor {
  /// Finds the gradients of `loss`, a value of one element, after `forward`.
  ///
  /// Overwrites the gradients of all trained parameters in the store.
  public func backward(from loss: Value) {
    precondition(keepsForBackward, "this executor keeps nothing for backward")
    precondition(graph.shape(of: loss).count == 1, "a loss of shape \(graph.shape(of: loss))")
    let memory = memory(for: loss)
    let plan = memory.plan
    lastLoss = loss
    for value in plan.untouched { entries[value.index]?.gradient.fill(0) }
    guard plan.slot[loss.index] >= 0 else { return }
    gradient(loss, memory).fill(1)
    for step in plan.steps {
      let node = graph.nodes[step.node]
      node.op.backward(
        BackwardPass(
          inputs: node.inputs.map { tensors[$0.index] }, output: tensors[node.output.index],
          doutput: gradient(node.output, memory),
          dinputs: zip(node.inputs, step.inputs).map { input, want in
            switch want {
            case .no: nil
            case .overwrites: .init(buffer: gradient(input, memory), adds: false)
            case .adds: .init(buffer: gradient(input, memory), adds: true)
            }
          }, notes: notes[step.node], scratch: scratch, pool: pool))
    }
  }

  /// The gradient of a trained parameter, or of an input that was named with `needsGradient`.
  public func gradient(of value: Value) -> [Float] {
    if let entry = entries[value.index] {
      precondition(entry.isTrained, "\(graph.describe(value)) is not trained")
      return entry.gradient.values
    }
    guard let loss = lastLoss, let memory = backwardMemory[loss] else {
      preconditionFailure("no backward pass has run")
    }
    guard case .input(_, needsGradient: true) = graph.sources[value.index] else {
      preconditionFailure(
        "the gradient of \(graph.describe(value)) is not kept; name the input with needsGradient")
    }
    guard memory.plan.slot[value.index] >= 0 else {
      return [Float](repeating: 0, count: graph.shape(of: value).count)
    }
    return gradient(value, memory).values
  }

  private func memory(for loss: Value) -> BackwardMemory {
    if let known = backwardMemory[loss] { return known }
    let plan = BackwardPlan(graph, loss: loss)
    let memory = BackwardMemory(plan: plan, slots: plan.slots.map { Buffer(count: $0) })
    backwardMemory[loss] = memory
    return memory
  }

  private func gradient(_ value: Value, _ memory: BackwardMemory) -> Buffer {
    if let entry = entries[value.index] { return entry.gradient }
    return memory.slots[memory.plan.slot[value.index]]
      .slice(at: 0, count: graph.shape(of: value).count)
  }
}
