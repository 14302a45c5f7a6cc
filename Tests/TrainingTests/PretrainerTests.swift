import Autograd
import Foundation
import Imaging
import Kernels
import Project
import Recipes
import Testing
import Weights

@testable import Training

struct PretrainerTests {
  static func settings(
    _ change: (inout PretrainingSettings) -> Void = { _ in }
  ) -> PretrainingSettings {
    var settings = PretrainingSettings()
    settings.recipe.seed = 5
    settings.recipe.batch = 4
    settings.recipe.learningRate = 0.01
    settings.sizes = [16, 24]
    settings.steps = 24
    settings.warmup = 4
    settings.validationInterval = 10
    settings.averaging = 0.9
    change(&settings)
    return settings
  }

  private static func trainer(
    _ settings: PretrainingSettings
  ) throws(TrainingError) -> Pretrainer<ToyNetwork> {
    try Pretrainer(settings, network: ToyNetwork(), start: nil, threads: 2)
  }

  /// Trains to a step, validating where it is due.
  private static func run(_ trainer: Pretrainer<ToyNetwork>, to end: Int) throws {
    var steps = SimulatedSteps(
      trainer.settings, from: trainer.state.step, seen: trainer.state.seen)
    while trainer.state.step < end, let step = steps.next() {
      _ = try trainer.step(steps.make(step))
      if trainer.isEpochDone {
        let set = ValidationSet.simulated(trainer.settings, count: 4)
        _ = trainer.finishEpoch(simulated: try trainer.measure(set), real: [], seconds: 0)
      }
    }
  }

  @Test(arguments: [1, 7, 10, 13, 20])
  func `a pretraining resumed from its checkpoint gives the bits of an unbroken one`(
    steps: Int
  ) throws {
    let settings = Self.settings()
    let unbroken = try Self.trainer(settings)
    try Self.run(unbroken, to: 24)
    let broken = try Self.trainer(settings)
    try Self.run(broken, to: steps)
    let bytes = Safetensors.encode(try broken.checkpoint.stateDict())
    let resumed = try Self.trainer(settings)
    try resumed.restore(Checkpoint(Safetensors.decode(bytes)))
    try Self.run(resumed, to: 24)
    #expect(resumed.state == unbroken.state)
    #expect(resumed.state.history.count == 3)
    #expect(resumed.checkpoint == unbroken.checkpoint)
  }

  @Test func `the same seed gives the same bits, another one others`() throws {
    let (first, second) = (try Self.trainer(Self.settings()), try Self.trainer(Self.settings()))
    let other = try Self.trainer(Self.settings { $0.recipe.seed = 6 })
    for trainer in [first, second, other] { try Self.run(trainer, to: 9) }
    #expect(first.checkpoint == second.checkpoint)
    #expect(first.parameters.stateDict != other.parameters.stateDict)
  }

  @Test func `the running mean moves as it is defined, statistics and all`() throws {
    let trainer = try Self.trainer(Self.settings { $0.validationInterval = 24 })
    var expected = trainer.parameters.stateDict
    var steps = SimulatedSteps(trainer.settings)
    for number in 1...12 {
      let step = steps.next()
      _ = try trainer.step(steps.make(try #require(step)))
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
    #expect(trainer.average.paths.contains("norm.running_mean"))
    for tensor in expected.tensors {
      for (value, meant) in zip(trainer.average[tensor.path], tensor.values) {
        #expect(abs(value - meant) <= 1e-6 * max(1, abs(meant)), "\(tensor.path)")
      }
    }
    #expect(trainer.average.stateDict != trainer.parameters.stateDict)
  }

  @Test func `steps of all sizes run in the memory of the largest`() throws {
    let all = try Self.trainer(Self.settings { $0.sizes = [16, 24, 32] })
    try Self.run(all, to: 24)
    let largest = try Self.trainer(
      Self.settings {
        $0.sizes = [32]
        $0.recipe.batch = 2
      })
    try Self.run(largest, to: 4)
    let smallest = try Self.trainer(Self.settings { $0.sizes = [16] })
    try Self.run(smallest, to: 4)
    #expect(all.workingBytes <= max(largest.workingBytes, smallest.workingBytes) * 11 / 10)
  }

  @Test func `the loss falls, and the running mean measures better than the start`() throws {
    let settings = Self.settings {
      $0.steps = 120
      $0.validationInterval = 40
      $0.sizes = [32]
    }
    let trainer = try Self.trainer(settings)
    let set = ValidationSet.simulated(settings, count: 8)
    let start = try trainer.measure(set)
    try Self.run(trainer, to: 120)
    #expect(try trainer.measure(set).loss < 0.9 * start.loss)
    #expect(trainer.isDone)
  }

  @Test func `a checkpoint of other settings, or of a training, is refused`() throws {
    let trainer = try Self.trainer(Self.settings())
    try Self.run(trainer, to: 2)
    let checkpoint = trainer.checkpoint
    let other = try Self.trainer(Self.settings { $0.recipe.learningRate = 0.02 })
    #expect(throws: TrainingError.checkpoint("its settings are other ones")) {
      try other.restore(checkpoint)
    }
    #expect(throws: TrainingError.self) {
      try Checkpoint<TrainerState>(checkpoint.stateDict())
    }
  }

  @Test func `settings that cannot be trained with are named`() {
    let changes: [(inout PretrainingSettings) -> Void] = [
      { $0.sizes = [] }, { $0.sizes = [16, 16] }, { $0.sizes = [8] }, { $0.sizes = [8192] },
      { $0.steps = 0 }, { $0.warmup = 25 }, { $0.warmup = -1 }, { $0.averaging = 1 },
      { $0.averaging = .nan }, { $0.validationInterval = 0 }, { $0.recipe.learningRate = 0 },
      { $0.recipe.epsilon = 0 }, { $0.recipe.batch = 0 },
    ]
    for (index, change) in changes.enumerated() {
      #expect(throws: TrainingError.self, "change \(index)") {
        try Self.settings(change).check(for: ToyNetwork())
      }
    }
  }
}
