import Autograd
import Basics
import Imaging
import Networks
import Project
@testable import Recipes
import Testing
import Weights

@testable import Training

struct OptimisationTests {
  /// A run that is broken off after some steps and gone on with ends as one that is not.
  private static func expectExactResume(
    _ recipe: Recipe, after steps: Int, images: Int = 5, validation: Int = 1,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let unbroken = try ToyLoop.training(recipe, images: images, validation: validation)
    try ToyLoop.run(unbroken)
    let broken = try ToyLoop.training(recipe, images: images, validation: validation)
    try ToyLoop.run(broken, to: steps)
    let bytes = Safetensors.encode(try broken.checkpoint.stateDict())
    let resumed = try ToyLoop.training(recipe, images: images, validation: validation)
    try resumed.restore(Checkpoint(Safetensors.decode(bytes)))
    try ToyLoop.run(resumed)
    #expect(resumed.checkpoint == unbroken.checkpoint, sourceLocation: sourceLocation)
    // The best weights of before the break are on disk, and a run that goes on has none of them.
    #expect(
      (resumed.weightsToSave ?? broken.weightsToSave) == unbroken.weightsToSave,
      sourceLocation: sourceLocation)
  }

  private static func scheduled(_ recipe: inout Recipe) {
    recipe.optimisation.warmup = 3
    recipe.optimisation.schedule = .cosine
  }

  @Test func `every step moves by the rate of its schedule`() throws {
    let trainer = try ToyLoop.training(ToyLoop.recipe(Self.scheduled))
    var rates: [Double] = []
    while !trainer.isDone {
      try ToyLoop.run(trainer, to: trainer.state.step + 1)
      rates.append(trainer.adam.learningRate)
    }
    let schedule = LearningRateSchedule(peak: 0.01, warmup: 3, steps: 10, shape: .cosine)
    #expect(rates == (0..<10).map { schedule.rate(at: $0) })
  }

  @Test(arguments: [1, 3, 6])
  func `a schedule goes on where it was broken off`(steps: Int) throws {
    try Self.expectExactResume(ToyLoop.recipe(Self.scheduled), after: steps)
  }

  @Test func `frozen batch norm learns its weights and leaves its statistics`() throws {
    let recipe = ToyLoop.recipe { $0.optimisation.batchNorm = .frozen }
    let trainer = try ToyLoop.training(recipe)
    let before = trainer.parameters.stateDict
    try ToyLoop.run(trainer)
    for name in ["norm.running_mean", "norm.running_var"] as [Path] {
      #expect(trainer.parameters[name] == before[name]?.values)
    }
    for name in ["norm.weight", "norm.bias", "first.weight", "first.bias"] as [Path] {
      #expect(trainer.parameters[name] != before[name]?.values)
    }
    try Self.expectExactResume(recipe, after: 3)
  }

  @Test func `frozen statistics normalise a single image and every batch alike`() throws {
    // What an image's loss is does not depend on which others are in its batch.
    let frozen = ToyLoop.recipe { recipe in
      recipe.optimisation.batchNorm = .frozen
      recipe.augmentation = .none
      recipe.batch = 2
    }
    let both = try ToyLoop.training(frozen, images: 2).step().loss
    let each = try (0..<2).map { number in
      try ToyLoop.training(frozen, images: 1, from: number).step().loss
    }
    #expect(abs(both - (each[0] + each[1]) / 2) < 1e-5 * both)
  }

  @Test func `an encoder learns at its share of the rate, its first stage slowest`() throws {
    func moved(_ change: (inout Recipe) -> Void) throws -> [Path: Float] {
      let trainer = try ToyLoop.training(
        ToyLoop.recipe(change), of: ToyEncoderNetwork(), on: (0..<4).map { TestCrops.crop($0) })
      let before = trainer.parameters.stateDict
      _ = try trainer.step()
      var moves: [Path: Float] = [:]
      for tensor in before.tensors where trainer.parameters.isTrained(tensor.path) {
        let after = trainer.parameters[tensor.path]
        moves[tensor.path] = zip(after, tensor.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
      }
      return moves
    }
    // Adam's first step is the rate itself, whatever the gradient.
    let moves = try moved { recipe in
      recipe.optimisation.encoderRate = 0.1
      recipe.optimisation.layerDecay = 0.5
    }
    for (path, rate) in [("head.weight", 0.01), ("norm.weight", 0.001), ("first.weight", 0.0005)] {
      #expect(abs((moves[Path(path)] ?? 0) / Float(rate) - 1) < 0.01, "\(path): \(moves)")
    }
    let frozen = try moved { $0.optimisation.encoderRate = 0 }
    #expect(frozen["norm.weight"] == 0 && frozen["first.weight"] == 0)
    #expect(frozen["head.weight"] == moves["head.weight"])
  }

  @Test func `an exponential mean counts its first steps alike, then forgets the oldest`() throws {
    let recipe = ToyLoop.recipe { recipe in
      recipe.keep = .average
      recipe.optimisation.ema = 0.75
    }
    let trainer = try ToyLoop.training(recipe)
    #expect(trainer.parts.keep == KeepRule(choice: .last, mean: .decaying(0.75)))
    var mean: [Float] = []
    for step in 1...8 {
      try ToyLoop.run(trainer, to: step)
      let values = trainer.parameters["head.weight"]
      if mean.isEmpty { mean = values }
      let share = max(1 / Float(step), 0.25)
      for index in mean.indices { mean[index] += share * (values[index] - mean[index]) }
    }
    let kept = try #require(trainer.weightsToSave?["head.weight"]).values
    for index in mean.indices { #expect(abs(kept[index] - mean[index]) < 1e-6) }
    #expect(kept != trainer.parameters["head.weight"])
  }

  @Test func `the averaged weights are validated, and the best of them kept`() throws {
    let recipe = ToyLoop.recipe { $0.optimisation.ema = 0.9 }
    let trainer = try ToyLoop.training(recipe, validation: 2)
    #expect(trainer.parts.keep == KeepRule(choice: .best, mean: .decaying(0.9)))
    try ToyLoop.run(trainer)
    let last = trainer.parameters.stateDict
    let lowest = try #require(trainer.state.bestLoss)
    let best = try #require(trainer.weightsToSave)
    #expect(best != last)
    // The weights stay where they were, and those kept have the loss that was noted.
    let loss = try trainer.validate().held?.loss
    #expect(trainer.parameters.stateDict == last)
    #expect(loss == trainer.state.history.last?.validationLoss)
    let plain = try ToyLoop.training(
      ToyLoop.recipe { $0.keep = .last }, validation: 2, start: best)
    #expect(try plain.validate().held?.loss == lowest)
  }

  @Test(arguments: [1, 4, 7], [Recipe.Keep.best, .last, .average])
  func `an exponential mean survives a checkpoint`(steps: Int, keep: Recipe.Keep) throws {
    let recipe = ToyLoop.recipe { recipe in
      recipe.keep = keep
      recipe.optimisation.ema = 0.8
    }
    try Self.expectExactResume(recipe, after: steps)
    try Self.expectExactResume(recipe, after: steps, validation: 0)
  }

  @Test func `a mean is kept with validation as well if the recipe asks for it`() throws {
    let recipe = ToyLoop.recipe { recipe in
      recipe.keep = .average
      recipe.epochs = 10
    }
    let trainer = try ToyLoop.training(recipe, images: 1, validation: 1)
    try ToyLoop.run(trainer, to: 9)
    let beforeLast = trainer.parameters["head.weight"]
    try ToyLoop.run(trainer)
    let last = trainer.parameters["head.weight"]
    let kept = try #require(trainer.weightsToSave?["head.weight"]).values
    for index in kept.indices {
      #expect(abs(kept[index] - (beforeLast[index] + last[index]) / 2) < 1e-6)
    }
  }

  @Test(arguments: [1, 4, 7, 24, 25])
  func `a run of so many steps goes on where it was broken off`(steps: Int) throws {
    let recipe = ToyLoop.recipe { recipe in
      recipe.steps = 26
      recipe.batch = 4
      recipe.optimisation.schedule = .cosine
    }
    try Self.expectExactResume(recipe, after: steps, images: 1, validation: 0)
    try Self.expectExactResume(recipe, after: steps)
    let trainer = try ToyLoop.training(recipe, images: 1)
    try ToyLoop.run(trainer)
    #expect(trainer.state.step == 26)
    #expect(trainer.state.history.map(\.epoch) == Array(1...13))
    // The last fifth of the steps, rounded up.
    #expect(trainer.average?.count == 6)
  }

  @Test(arguments: [1, 3])
  func `strong augmentation goes on where it was broken off`(steps: Int) throws {
    let recipe = ToyLoop.recipe { $0.augmentation = .strong }
    try Self.expectExactResume(recipe, after: steps)
    let standard = try ToyLoop.training(ToyLoop.recipe()).step().loss
    #expect(try ToyLoop.training(recipe).step().loss != standard)
  }

  private static func mixed(_ recipe: inout Recipe) {
    recipe.batch = 4
    recipe.epochs = 4
    recipe.optimisation.simulatedShare = 0.5
  }

  @Test(arguments: [1, 4, 9])
  func `simulated images go on where the run was broken off`(steps: Int) throws {
    try Self.expectExactResume(ToyLoop.recipe(Self.mixed), after: steps)
  }

  @Test func `half of every step is simulated, the same at every start and never twice`() throws {
    let recipe = ToyLoop.recipe(Self.mixed)
    #expect(recipe.simulatedPerStep == 2 && recipe.labelledPerStep == 2)
    #expect(RunLength(recipe, trainingImages: 5) == RunLength(steps: 12, stepsPerEpoch: 3))
    #expect((1...5).map { recipe.imagesPerStep(labels: $0) } == [3, 4, 4, 4, 4])
    let source = LabelledBatches(
      recipe, training: (0..<5).map { TestCrops.crop($0) }, using: SeededGenerator(seed: 0))
    func orders(after steps: Int) -> [LabelledBatches.Order] {
      var source = source
      source.skip(steps)
      return (0..<3).compactMap { _ in source.next() }
    }
    let first = orders(after: 0)
    #expect(first.map(\.simulated) == [0..<2, 2..<4, 4..<6])
    #expect(orders(after: 2)[0] == first[2])
    let batch = source.make(first[0])
    #expect(batch.count == 4 && batch.side == 16)
    let images = (0..<4).map { Array(batch.images[$0 * 768..<($0 + 1) * 768]) }
    #expect(Set(images).count == 4)
    let plain = try ToyLoop.training(ToyLoop.recipe { $0.batch = 2 }, images: 2).step().loss
    #expect(try ToyLoop.training(recipe, images: 2).step().loss != plain)
  }

  @Test func `one image at the smallest size can be learnt from with frozen statistics alone`() {
    let recipe = ToyLoop.recipe { $0.size = 64 }
    #expect(throws: TrainingError.settings(.tooSmall(size: 64, multiple: 64))) {
      _ = try recipe.checked(for: CellNetwork(.auraNet), labels: 1)
    }
    #expect(throws: Never.self) {
      var frozen = recipe
      frozen.optimisation.batchNorm = .frozen
      _ = try frozen.checked(for: CellNetwork(.auraNet), labels: 1)
    }
  }

  @Test func `settings that no run can follow are refused`() {
    let bad: [(inout Recipe) -> Void] = [
      { $0.optimisation.warmup = -1 }, { $0.optimisation.warmup = 11 },
      { $0.steps = 0 }, { $0.optimisation.encoderRate = -0.1 },
      { $0.optimisation.encoderRate = .nan },
      { $0.optimisation.layerDecay = 0 }, { $0.optimisation.layerDecay = 1.1 },
      { $0.optimisation.ema = 1 }, { $0.optimisation.ema = -0.1 }, { $0.optimisation.ema = .nan },
      { $0.optimisation.simulatedShare = 1 }, { $0.optimisation.simulatedShare = .nan },
      { ($0.optimisation.simulatedShare, $0.batch) = (0.3, 1) },
    ]
    for change in bad {
      #expect(throws: TrainingError.self) { try ToyLoop.training(ToyLoop.recipe(change)) }
    }
    #expect(throws: Never.self) {
      try ToyLoop.training(ToyLoop.recipe { $0.optimisation.warmup = 10 })
    }
  }
}
