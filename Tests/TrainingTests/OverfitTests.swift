import Basics
import Autograd
import Foundation
import Imaging
import Kernels
import Networks
import Recipes
import Testing

@testable import Training

/// A batch of four real images that a network is to learn by heart, and the loss that it can reach.
private struct Overfitting {
  private let batch: Batch
  private let truths: [Mask]
  private let parameters: ParameterStore
  private let executor: Executor
  private let pool = ThreadPool(threads: 2)
  private let image: Value
  private let target: Value
  private let logits: Value
  private let loss: Value

  init(_ crops: [Crop]) {
    let (count, side) = (crops.count, crops[0].side)
    batch = Batch(crops)
    truths = crops.map { crop in
      Mask(width: side, height: side, pixels: crop.mask.map { $0 > 0.5 ? 1 : 0 })
    }
    var graph = Graph(mode: .training)
    image = graph.input("image", Shape(count, 3, side, side))
    target = graph.input("target", Shape(count, 1, side, side))
    logits = Architecture.auraNet.logits(of: image, in: &graph)
    loss = AuraLoss()(logits, target, in: &graph)
    var generator = SeededGenerator(seed: 1)
    parameters = ParameterStore(for: graph, using: &generator)
    executor = Executor(graph, parameters: parameters, pool: pool, loss: loss)
    executor.load(batch.images, into: image)
    executor.load(batch.targets, into: target)
  }

  /// The loss of logits that say the true mask with full certainty: its outline's length.
  var lossOfTruth: Float {
    var graph = Graph(mode: .evaluation)
    let shape = Shape(batch.count, 1, batch.side, batch.side)
    let (logits, target) = (graph.input("logits", shape), graph.input("target", shape))
    let loss = AuraLoss()(logits, target, in: &graph)
    var generator = SeededGenerator(seed: 1)
    let executor = Executor(
      graph, parameters: ParameterStore(for: graph, using: &generator), pool: pool)
    executor.load(batch.targets.map { $0 > 0.5 ? 50 : -50 }, into: logits)
    executor.load(batch.targets, into: target)
    executor.forward()
    return executor.values(of: loss)[0]
  }

  /// Steps until both laws hold or `steps` are done; gives the last step's loss and mean IoU.
  func learn(until loss: Float, steps: Int) -> (loss: Float, iou: Double, steps: Int) {
    let adam = Adam(parameters: parameters, learningRate: 1e-3, pool: pool)
    var last: (loss: Float, iou: Double) = (.infinity, 0)
    for step in 1...steps {
      executor.forward()
      last = (executor.values(of: self.loss)[0], iou())
      if last.loss <= loss, last.iou >= 0.99 { return (last.loss, last.iou, step) }
      executor.backward()
      adam.step()
    }
    return (last.loss, last.iou, steps)
  }

  private func iou() -> Double {
    let values = executor.values(of: logits)
    let (side, pixels) = (batch.side, batch.side * batch.side)
    let scores = truths.enumerated().map { index, truth in
      let plane = Array(values[index * pixels..<(index + 1) * pixels])
      let prediction = Mask(width: side, height: side, probabilities: plane, threshold: 0)
      return Scores(prediction: prediction, truth: truth).iou
    }
    return scores.reduce(0, +) / Double(scores.count)
  }
}

struct OverfitTests {
  private static let folder = TestCrops.data?.appending(path: "bubil2-rabbitsmc-crops")

  @Test(.enabled(if: folder != nil, "no test data at ../shared/data"))
  func `one batch of real images is learnt to IoU 0.99 and to the true mask's own loss`() throws {
    let folder = try #require(Self.folder)
    let crops = try ["Chian1_01", "Chian1_02", "Chian1_04", "Chian1_10"].map { name in
      let image = try ImageFile.read(folder.appending(path: "images/\(name).png"))
      let file = folder.appending(path: "masks/\(name).png")
      let mask = try MaskFile.read(file, rule: .project).mask
      return Crop(of: image, mask: mask, side: 64)
    }
    let overfitting = Overfitting(crops)
    let truth = overfitting.lossOfTruth
    let end = overfitting.learn(until: 1.1 * truth, steps: 300)
    print(
      "overfit after \(end.steps) steps: IoU \(end.iou), loss \(end.loss), truth's own \(truth)")
    #expect(end.iou >= 0.99)
    #expect(end.loss <= 1.1 * truth, "after \(end.steps) steps, the truth's own is \(truth)")
  }
}
