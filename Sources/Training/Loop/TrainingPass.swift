import Autograd
import Kernels
import Networks
import Recipes

/// A network with its loss, ready to run on batches of one shape.
final class TrainingPass {
  private let executor: Executor
  private let parameters: ParameterStore
  private let drawn: TrainingGraph

  /// Makes the buffers of a graph over shared parameters; without `learns` nothing is kept for
  /// `backward`.
  init(
    _ drawn: TrainingGraph, learns: Bool, parameters: ParameterStore, pool: ThreadPool,
    memory: WorkingMemory
  ) {
    self.drawn = drawn
    self.parameters = parameters
    executor = Executor(
      drawn.graph, parameters: parameters, pool: pool, loss: learns ? drawn.loss : nil,
      memory: memory)
  }

  /// The loss of a batch.
  func forward(_ batch: Batch) -> Double {
    executor.load(batch.images, into: drawn.image)
    executor.load(batch.targets, into: drawn.target)
    executor.forward()
    return Double(executor.values(of: drawn.loss)[0])
  }

  /// The logits of the batch just run, `[count, side, side, 1]`.
  ///
  /// - Precondition: no other pass has used the memory since.
  var lastLogits: [Float] { executor.values(of: drawn.logits) }

  /// One step of the optimiser down the gradient of a batch's loss, which it returns.
  ///
  /// - Throws: `TrainingError.notFinite` before the weights are touched by it.
  func descend(_ batch: Batch, _ adam: Adam, step: Int) throws(TrainingError) -> Double {
    let loss = forward(batch)
    guard loss.isFinite else { throw .notFinite(step: step, place: placeOfBreakdown) }
    backward()
    guard parameters.hasFiniteGradients else {
      throw .notFinite(step: step, place: placeOfBreakdown)
    }
    adam.step()
    return loss
  }

  /// Leaves the gradients of the batch just run in the parameters.
  func backward() { executor.backward() }

  /// What is no number any more, in the order of computation: a parameter or statistic, or the values
  /// of a layer that are still there, or the gradient of a parameter.
  var placeOfBreakdown: String {
    if let path = parameters.firstNonFinite { return "first in the parameter \(path)" }
    if let layer = executor.firstNonFinite() { return "first in \(layer)" }
    if let path = parameters.firstNonFiniteGradient {
      return "first in the gradient of the parameter \(path)"
    }
    return "in the loss"
  }
}
