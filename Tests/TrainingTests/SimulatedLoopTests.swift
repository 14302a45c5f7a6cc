import Autograd
import Foundation
import Imaging
import Kernels
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct SimulatedLoopTests {
  @Test(arguments: [1, 7, 10, 13, 20])
  func `a pretraining resumed from its checkpoint gives the bits of an unbroken one`(
    steps: Int
  ) throws {
    let settings = ToyLoop.settings()
    let unbroken = try ToyLoop.pretraining(settings)
    try ToyLoop.run(unbroken, to: 24)
    let broken = try ToyLoop.pretraining(settings)
    try ToyLoop.run(broken, to: steps)
    let bytes = Safetensors.encode(try broken.checkpoint.stateDict())
    let resumed = try ToyLoop.pretraining(settings)
    try resumed.restore(Checkpoint(Safetensors.decode(bytes)))
    try ToyLoop.run(resumed, to: 24)
    #expect(resumed.state == unbroken.state)
    #expect(resumed.state.history.count == 3)
    #expect(resumed.checkpoint == unbroken.checkpoint)
  }

  @Test func `the same seed gives the same bits, another one others`() throws {
    let (first, second) = (
      try ToyLoop.pretraining(ToyLoop.settings()), try ToyLoop.pretraining(ToyLoop.settings())
    )
    let other = try ToyLoop.pretraining(ToyLoop.settings { $0.recipe.seed = 6 })
    for trainer in [first, second, other] { try ToyLoop.run(trainer, to: 9) }
    #expect(first.checkpoint == second.checkpoint)
    #expect(first.parameters.stateDict != other.parameters.stateDict)
  }

  @Test func `the running mean moves as it is defined, statistics and all`() throws {
    let trainer = try ToyLoop.pretraining(ToyLoop.settings { $0.validationInterval = 24 })
    var expected = trainer.parameters.stateDict
    let average = try #require(trainer.average?.parameters)
    for number in 1...12 {
      _ = try trainer.step()
      guard number.isMultiple(of: 4) else { continue }
      let decay = min(0.9, Double(1 + number) / Double(10 + number))
      let share = Float(1 - decay * decay * decay * decay)
      expected = StateDict(
        zip(expected.tensors, trainer.parameters.stateDict.tensors).map { mean, now in
          NamedTensor(
            path: mean.path, shape: mean.shape,
            values: zip(mean.values, now.values).map { $0 + share * ($1 - $0) })
        })
    }
    #expect(average.paths.contains("norm.running_mean"))
    for tensor in expected.tensors {
      for (value, meant) in zip(average[tensor.path], tensor.values) {
        #expect(abs(value - meant) <= 1e-6 * max(1, abs(meant)), "\(tensor.path)")
      }
    }
    #expect(average.stateDict != trainer.parameters.stateDict)
  }

  @Test func `steps of all sizes run in the memory of the largest`() throws {
    let all = try ToyLoop.pretraining(ToyLoop.settings { $0.sizes = [16, 24, 32] })
    try ToyLoop.run(all, to: 24)
    let largest = try ToyLoop.pretraining(
      ToyLoop.settings {
        $0.sizes = [32]
        $0.recipe.batch = 2
      })
    try ToyLoop.run(largest, to: 4)
    let smallest = try ToyLoop.pretraining(ToyLoop.settings { $0.sizes = [16] })
    try ToyLoop.run(smallest, to: 4)
    let most = max(largest.passes.memory.bytes, smallest.passes.memory.bytes)
    #expect(all.passes.memory.bytes <= most * 11 / 10)
  }

  @Test func `the loss falls, and the running mean measures better than the start`() throws {
    let settings = ToyLoop.settings {
      $0.steps = 120
      $0.validationInterval = 40
      $0.sizes = [32]
    }
    let trainer = try ToyLoop.pretraining(settings)
    let crops = ValidationSet.simulated(settings, count: 8).crops
    let start = try trainer.measure(crops)
    try ToyLoop.run(trainer)
    #expect(try trainer.measure(crops).loss < 0.9 * start.loss)
    #expect(trainer.isDone)
  }

  @Test func `a checkpoint of other settings, or of a training, is refused`() throws {
    let trainer = try ToyLoop.pretraining(ToyLoop.settings())
    try ToyLoop.run(trainer, to: 2)
    let checkpoint = trainer.checkpoint
    let other = try ToyLoop.pretraining(ToyLoop.settings { $0.recipe.learningRate = 0.02 })
    #expect(throws: TrainingError.checkpoint(.otherSettings)) {
      try other.restore(checkpoint)
    }
    let training = try ToyLoop.training(ToyLoop.recipe())
    #expect(throws: TrainingError.checkpoint(.otherKind)) { try training.restore(checkpoint) }
    var damaged = try checkpoint.stateDict()
    damaged.metadata["format"] = training.checkpoint.settings.format
    #expect(throws: TrainingError.checkpoint(.noCheckpoint)) { try Checkpoint(damaged) }
  }

  @Test func `settings that cannot be trained with are named`() {
    let changes: [(inout PretrainingSettings) -> Void] = [
      { $0.sizes = [] }, { $0.sizes = [16, 16] }, { $0.sizes = [8] }, { $0.sizes = [8192] },
      { $0.steps = 0 }, { $0.warmup = 25 }, { $0.warmup = -1 }, { $0.averaging = 1 },
      { $0.averaging = .nan }, { $0.validationInterval = 0 }, { $0.recipe.learningRate = 0 },
      { $0.recipe.loss.epsilon = 0 }, { $0.recipe.batch = 0 },
    ]
    for (index, change) in changes.enumerated() {
      #expect(throws: TrainingError.self, "change \(index)") {
        try ToyLoop.settings(change).checked(for: ToyNetwork())
      }
    }
  }
}
