import Autograd
import Foundation
import Networks
import Recipes
import Testing
import Weights

/// Whole networks against PyTorch in float64, weights and inputs from hashes: see `Goldens`.
///
/// With `AURA_DUMP` naming a folder, every element goes there as safetensors for
/// `Goldens/compare_full.py`, which compares all of them.
@Suite(.serialized) struct ModelParityTests {
  @Test(arguments: Architecture.allCases)
  func `logits and every gradient are PyTorch's in evaluation mode`(
    architecture: Architecture
  ) throws {
    let golden = try Golden("evaluation-\(architecture.rawValue)")
    let model = TrainedModel(
      architecture, mode: .evaluation, images: 2, size: max(64, architecture.smallest))
    let kept = golden.state.tensors.filter { model.parameters.paths.contains($0.path) }
    #expect(kept.count(where: { !model.parameters.isTrained($0.path) }) == model.statisticCount)
    for tensor in kept { model.parameters[tensor.path] = tensor.values }
    model.step(try #require(golden.state.metadata["images"]))
    try model.dump("evaluation-\(architecture.rawValue)")

    let name = "evaluation \(architecture.rawValue)"
    let logits = try model.logitsGap(golden)
    say("\(name) logits", logits.elements)
    #expect(logits.elements <= 1e-3 && logits.norm <= 3e-3)
    #expect(gap(model.loss, try golden.tensor("loss").values) <= 1e-5)
    var worst = 0.0
    for (path, expected) in try model.summaries("gradients", "parameters", golden) {
      let found = Summary(path.description, model.parameters.gradient(of: path))
      let gap = found.elementGap(from: expected)
      worst = max(worst, gap)
      #expect(gap <= 1e-3, "\(path)")
      #expect(abs(found.largest - expected.largest) <= 1e-3 * expected.largest, "\(path)")
      #expect(found.normGap(from: expected) <= 3e-3, "\(path)")
    }
    say("\(name) gradients", worst)
  }

  @Test(arguments: [Architecture.auraNet, .ceNet])
  func `a network's first training step is PyTorch's`(architecture: Architecture) throws {
    let golden = try Golden("training-\(architecture.rawValue)")
    let model = TrainedModel(
      architecture, mode: .training, images: 4, size: max(128, architecture.smallest))
    model.step("step0")
    try model.dump("training-\(architecture.rawValue)")

    let loss = gap(model.loss, [try golden.tensor("losses").values[0]])
    say("training loss", loss)
    #expect(loss <= 1e-5)
    let logits = try model.logitsGap(golden)
    say("training logits", logits.elements)
    #expect(logits.elements <= 5e-3 && logits.norm <= 1.5e-2)
    var worst = 0.0
    for (path, expected) in try model.summaries("statistics", "statistics", golden) {
      let gap = Summary(path.description, model.parameters[path]).elementGap(from: expected)
      worst = max(worst, gap)
      #expect(gap <= 5e-3, "\(path)")
    }
    say("training running statistics", worst)
    let whole = try model.gradientGap(golden)
    say("training gradients, sampled elements", whole.sampled)
    say("training gradients, projections", whole.projected)
    #expect(whole.sampled <= 0.05 && whole.projected <= 0.05)
  }

  @Test func `ten Adam steps of AURA-net follow PyTorch's losses`() throws {
    let expected = try Golden("training-aura-net").tensor("losses").values
    let model = TrainedModel(.auraNet, mode: .training, images: 4, size: 128)
    let adam = Adam(parameters: model.parameters, learningRate: 3e-4)
    var gaps: [Double] = []
    for (step, expected) in expected.enumerated() {
      model.step("step\(step)")
      adam.step()
      gaps.append(gap(model.loss, [expected]))
    }
    say("ten Adam steps", gaps.reduce(0, max))
    #expect(gaps.allSatisfy { $0 <= 0.03 }, "\(gaps)")
  }

  @Test func `the mean of eight batches' statistics is PyTorch's at a momentum of none`() throws {
    let golden = try Golden("evaluation-aura-net")
    let model = TrainedModel(.auraNet, mode: .calibration, images: 4, size: 128)
    var sums: [Path: [Float]] = [:]
    for batch in 0..<8 {
      model.step("warm\(batch)")
      for (path, values) in model.statistics {
        sums[path] = sums[path].map { zip($0, values).map(+) } ?? values
      }
    }
    // The golden's means were moved clear of kinks; its variances are stored in half precision.
    var worst = 0.0
    for (path, sum) in sums where path.description.hasSuffix("running_var") {
      let found = sum.map { max($0 / 8, 0x1p-14) }
      worst = max(worst, gap(found, try golden.tensor(path.description).values))
    }
    say("mean statistics of eight batches", worst)
    #expect(worst <= 2e-3)
  }

  @Test func `ten Adam steps of AURA-net with frozen statistics follow PyTorch's losses`() throws {
    let expected = try Golden("frozen-aura-net").tensor("losses").values
    let model = TrainedModel(.auraNet, mode: .evaluation, images: 2, size: 64)
    for tensor in try Golden("evaluation-aura-net").state.tensors
    where model.parameters.paths.contains(tensor.path) {
      model.parameters[tensor.path] = tensor.values
    }
    let before = model.statistics
    let adam = Adam(parameters: model.parameters, learningRate: 1e-5)
    var gaps: [Double] = []
    for (step, expected) in expected.enumerated() {
      model.step("step\(step)")
      adam.step()
      gaps.append(gap(model.loss, [expected]))
    }
    say("ten frozen Adam steps", gaps.reduce(0, max))
    #expect(gaps[0] <= 1e-6)
    #expect(gaps.allSatisfy { $0 <= 2e-3 }, "\(gaps)")
    #expect(model.statistics == before)
  }
}
