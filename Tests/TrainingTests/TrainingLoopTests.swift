import Autograd
import Foundation
import Imaging
import Networks
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct TrainingLoopTests {
  @Test func `the loss of a small set falls`() throws {
    let trainer = try ToyLoop.training(ToyLoop.recipe { $0.epochs = 30 }, validation: 2)
    let losses = try ToyLoop.run(trainer)
    #expect(losses.count == 60)
    let start = losses.prefix(6).reduce(0.0, +)
    let end = losses.suffix(6).reduce(0.0, +)
    #expect(end < 0.7 * start)
    #expect(trainer.state.history.count == 30)
    let validation = trainer.state.history.compactMap(\.validationLoss)
    #expect(validation.count == 30)
    #expect(trainer.state.bestLoss == validation.min())
    let lowest = trainer.state.history.first { $0.validationLoss == validation.min() }
    #expect(trainer.state.bestEpoch == lowest?.epoch)
  }

  @Test func `the same seed gives the same bits, another one others`() throws {
    let first = try ToyLoop.training(ToyLoop.recipe())
    let second = try ToyLoop.training(ToyLoop.recipe())
    let other = try ToyLoop.training(ToyLoop.recipe { $0.seed = 4 })
    let losses = try ToyLoop.run(first)
    #expect(try ToyLoop.run(second) == losses)
    #expect(first.checkpoint == second.checkpoint)
    #expect(try ToyLoop.run(other) != losses)
    #expect(other.parameters.stateDict != first.parameters.stateDict)
  }

  @Test(arguments: [1, 2, 3, 7, 9])
  func `a run resumed from its checkpoint gives the bits of an unbroken one`(steps: Int) throws {
    let recipe = ToyLoop.recipe()
    let unbroken = try ToyLoop.training(recipe, images: 5, validation: 1)
    try ToyLoop.run(unbroken)
    let broken = try ToyLoop.training(recipe, images: 5, validation: 1)
    try ToyLoop.run(broken, to: steps)
    let bytes = Safetensors.encode(try broken.checkpoint.stateDict())

    let resumed = try ToyLoop.training(recipe, images: 5, validation: 1)
    try resumed.restore(Checkpoint(Safetensors.decode(bytes)))
    try ToyLoop.run(resumed)

    #expect(resumed.checkpoint == unbroken.checkpoint)
  }

  @Test func `averages survive a checkpoint as well`() throws {
    let recipe = ToyLoop.recipe { $0.epochs = 20 }
    let unbroken = try ToyLoop.training(recipe, images: 2)
    #expect(unbroken.parts.keep == KeepRule(choice: .last, mean: .even(after: 16)))
    try ToyLoop.run(unbroken)
    #expect(unbroken.average?.count == 4)

    let broken = try ToyLoop.training(recipe, images: 2)
    try ToyLoop.run(broken, to: 18)
    #expect(broken.average?.count == 2)
    let bytes = Safetensors.encode(try broken.checkpoint.stateDict())
    let resumed = try ToyLoop.training(recipe, images: 2)
    try resumed.restore(Checkpoint(Safetensors.decode(bytes)))
    try ToyLoop.run(resumed)
    #expect(resumed.checkpoint == unbroken.checkpoint)
    #expect(resumed.weightsToSave == unbroken.weightsToSave)
  }

  @Test func `few labels keep the mean of the last fifth of the steps`() throws {
    let recipe = ToyLoop.recipe { $0.epochs = 10 }
    let trainer = try ToyLoop.training(recipe, images: 1)
    try ToyLoop.run(trainer, to: 9)
    let beforeLast = trainer.parameters["head.weight"]
    try ToyLoop.run(trainer)
    let last = trainer.parameters["head.weight"]
    let kept = try #require(trainer.weightsToSave?["head.weight"]).values
    for index in kept.indices {
      #expect(abs(kept[index] - (beforeLast[index] + last[index]) / 2) < 1e-6)
    }
    #expect(kept != last)
  }

  @Test func `keep last without validation keeps the plain last weights`() throws {
    let recipe = ToyLoop.recipe { recipe in
      recipe.epochs = 20
      recipe.validation = 0
      recipe.keep = .last
    }
    let trainer = try ToyLoop.training(recipe, images: 2)
    try ToyLoop.run(trainer)
    #expect(trainer.parts.keep == KeepRule(choice: .last))
    #expect(trainer.weightsToSave == trainer.parameters.stateDict)
    func kept(_ keep: Recipe.Keep, validates: Bool) -> KeepRule {
      KeepRule(ToyLoop.recipe { $0.keep = keep }, validates: validates, steps: 10)
    }
    #expect(kept(.best, validates: true) == KeepRule(choice: .best))
    #expect(kept(.last, validates: true) == KeepRule(choice: .last))
    #expect(kept(.last, validates: false) == KeepRule(choice: .last, mean: .even(after: 8)))
  }

  @Test func `training goes on from given weights`() throws {
    let first = try ToyLoop.training(ToyLoop.recipe())
    try ToyLoop.run(first)
    let second = try ToyLoop.training(ToyLoop.recipe(), start: first.parameters.stateDict)
    #expect(second.parameters.stateDict == first.parameters.stateDict)
    var strange = StateDict()
    strange.append(NamedTensor(path: "strange", shape: Shape(1), values: [1]))
    #expect(throws: TrainingError.self) {
      try ToyLoop.training(ToyLoop.recipe(), start: strange)
    }
  }

  @Test func `a loss that is no number stops before the weights are touched`() throws {
    let trainer = try ToyLoop.training(ToyLoop.recipe())
    try ToyLoop.run(trainer, to: 1)
    trainer.parameters["norm.weight"][2] = .nan
    let before = trainer.parameters["head.weight"]
    let error = #expect(throws: TrainingError.self) { try trainer.step() }
    #expect(error == .notFinite(step: 2, place: "first in the parameter norm.weight"))
    #expect(trainer.parameters["head.weight"] == before)
  }

  @Test func `a validation loss that is no number stops, and names where`() throws {
    let crops = (0..<6).map { TestCrops.crop($0) }
    let trainer = try ToyLoop.training(
      ToyLoop.recipe(), of: ToyNetwork(), on: Array(crops[0..<4]), validation: Array(crops[4...]))
    trainer.parameters["norm.running_var"][1] = .infinity
    let error = #expect(throws: TrainingError.self) { try trainer.checkParameters() }
    #expect(error == .notFinite(step: 0, place: "first in the parameter norm.running_var"))
    trainer.parameters["norm.running_var"][1] = 1
    trainer.parameters["head.weight"] = trainer.parameters["head.weight"].map { _ in 3e38 }
    try trainer.checkParameters()
    let other = #expect(throws: TrainingError.self) { try trainer.validate() }
    #expect(other.map { "\($0)".contains("layer 'head'") } == true, "\(String(describing: other))")
  }

  @Test func `a gradient that is no number stops before the weights are touched`() throws {
    // The loss, some 2e38, can still be held; its gradients cannot.
    let trainer = try ToyLoop.training(
      ToyLoop.recipe { recipe in
        recipe.loss.alpha = 1
        recipe.loss.beta = 3e38
        recipe.loss.gamma = 0
      })
    trainer.parameters["norm.weight"] = Array(repeating: 100, count: 6)
    trainer.parameters["head.bias"] = [0]
    trainer.parameters["first.weight"] = trainer.parameters["first.weight"].map { $0 * 1e-6 }
    let before = trainer.parameters.stateDict.tensors.filter {
      !$0.path.description.contains("running")
    }
    let error = #expect(throws: TrainingError.self) { try trainer.step() }
    #expect(
      error.map { "\($0)".contains("gradient of the parameter") } == true,
      "\(String(describing: error))")
    #expect(
      trainer.parameters.stateDict.tensors.filter { !$0.path.description.contains("running") }
        == before)
  }

  @Test func `a checkpoint of other settings, images or network is refused`() throws {
    let trainer = try ToyLoop.training(ToyLoop.recipe())
    try ToyLoop.run(trainer, to: 1)
    let checkpoint = trainer.checkpoint
    let others = [
      try ToyLoop.training(ToyLoop.recipe { $0.learningRate = 0.02 }),
      try ToyLoop.training(ToyLoop.recipe(), images: 5),
      try ToyLoop.training(ToyLoop.recipe(), from: 1),
      try ToyLoop.training(ToyLoop.recipe(), validation: 1),
    ]
    for other in others {
      #expect(throws: TrainingError.self) { try other.restore(checkpoint) }
    }
    #expect(throws: TrainingError.self) { try Checkpoint(checkpoint.weights) }
  }

  @Test func `settings that cannot be trained with are refused`() {
    let bad: [(inout Recipe) -> Void] = [
      { $0.size = 0 }, { $0.epochs = 0 }, { $0.batch = 0 }, { $0.learningRate = 0 },
      { $0.learningRate = .nan }, { $0.validation = 1 }, { $0.validation = -0.1 },
      { $0.loss.epsilon = 0 }, { $0.loss.epsilon = 1e-60 }, { $0.loss.epsilon = .infinity },
      { $0.loss.alpha = .nan },
      { $0.loss.alpha = 1.5 }, { $0.loss.beta = -1 },
      { $0.loss.lambda = .infinity }, { $0.loss.gamma = 1e60 }, { $0.size = 8192 },
    ]
    for change in bad {
      #expect(throws: TrainingError.self) { try ToyLoop.training(ToyLoop.recipe(change)) }
    }
    #expect(throws: TrainingError.settings(.noLabels)) {
      try ToyLoop.training(ToyLoop.recipe(), images: 0)
    }
    #expect(throws: TrainingError.settings(.size(100, .auraNet))) {
      try ToyLoop.recipe { $0.size = 100 }.checked(for: CellNetwork(.auraNet), labels: 3)
    }
    let small = TrainingError.settings(.size(160, .ceNet))
    #expect(small.description.hasSuffix("ce-net needs a multiple of 32 from 192 on, such as 192"))
    #expect(throws: small) {
      try ToyLoop.recipe { ($0.architecture, $0.size) = (.ceNet, 160) }
        .checked(for: CellNetwork(.ceNet), labels: 3)
    }
    #expect(throws: TrainingError.settings(.tooSmall(size: 64, multiple: 64))) {
      try ToyLoop.recipe { $0.size = 64 }.checked(for: CellNetwork(.auraNet), labels: 1)
    }
  }

  @Test func `AURA-net itself resumes to the same bits`() throws {
    let recipe = ToyLoop.recipe { recipe in
      recipe.size = 64
      recipe.epochs = 2
      recipe.batch = 2
    }
    func make() throws(TrainingError) -> TrainingLoop<LabelledBatches, CellNetwork> {
      try ToyLoop.training(
        recipe, of: CellNetwork(.auraNet), on: (0..<2).map { TestCrops.crop($0, side: 64) })
    }
    let unbroken = try make()
    try ToyLoop.run(unbroken, to: 1)
    let resumed = try make()
    try resumed.restore(unbroken.checkpoint)
    try ToyLoop.run(unbroken)
    try ToyLoop.run(resumed)
    #expect(resumed.state == unbroken.state)
    #expect(resumed.parameters.stateDict == unbroken.parameters.stateDict)
  }
}
