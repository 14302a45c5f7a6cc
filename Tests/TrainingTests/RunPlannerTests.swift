import Project
import Recipes
import Testing

@testable import Training

struct RunPlannerTests {
  /// Whether a run can be started, and something is to be known before.
  private static func hasNote(_ forecast: RunForecast) -> Bool? {
    if case .go(let note) = forecast.verdict { note != nil } else { nil }
  }

  private static func steps(_ forecast: RunForecast) -> Int {
    RunLength(forecast.recipe, trainingImages: forecast.trainingImages).steps
  }

  @Test(arguments: [1, 2, 4, 5, 12, 40, 300])
  func `the plan for any number of labels can be trained`(labels: Int) throws {
    let recipe = RunPlanner.recipe(smallestSides: Array(repeating: 384, count: labels))
    let forecast = RunPlanner.forecast(recipe, labels: labels, speed: MachineSpeed(gigaflops: 100))
    #expect(recipe.size == 256)
    #expect(recipe.batch == min(4, labels))
    #expect(forecast.trainingImages + forecast.validationImages == labels)
    #expect((forecast.validationImages == 0) == (labels < 5))
    #expect(Self.hasNote(forecast) == (labels < 5))
    let steps = Self.steps(forecast)
    #expect(steps >= 60)
    #expect(recipe.epochs >= 10)
    #expect(labels > 100 || steps <= 700)
  }

  @Test(arguments: [(1, 100), (2, 100), (5, 100), (10, 100), (11, 400), (41, 410), (300, 1_000)])
  func `a network that knows cells learns few labels in few steps`(
    labels: Int, steps: Int
  ) throws {
    let recipe = RunPlanner.recipe(
      smallestSides: Array(repeating: 384, count: labels), start: .simulated)
    let forecast = RunPlanner.forecast(recipe, labels: labels, speed: nil)
    #expect(Self.steps(forecast) == steps)
    #expect((forecast.validationImages == 0) == (labels <= 40))
    #expect(Self.hasNote(forecast) == (labels <= 40))
    #expect((2...4).contains(recipe.batch))
    #expect(recipe.learningRate == 1e-3)
    #expect(recipe.augmentation == (labels <= 10 ? .standard : .strong))
    #expect(recipe.optimisation.batchNorm == (labels <= 10 ? .frozen : .train))
    #expect(recipe.optimisation.schedule == .cosine)
    var paper = Recipe()
    paper.size = recipe.size
    #expect(RunPlanner.recipe(smallestSides: [384]).optimisation == paper.optimisation)
  }

  @Test func `settings beyond all measure are refused, and can be looked at before`() {
    let changes: [(WritableKeyPath<Recipe, Int>, String)] = [
      (\.epochs, "epochs is '9223372036854775807'; a whole number from 1 to 100000, please"),
      (\.batch, "batch is '9223372036854775807'; a whole number from 1 to 256, please"),
    ]
    for (field, message) in changes {
      var recipe = Recipe()
      recipe[keyPath: field] = .max
      let error = #expect(throws: TrainingError.self) { try RunPlanner.check(recipe, labels: 30) }
      #expect(error?.description == message)
      let forecast = RunPlanner.forecast(recipe, labels: 30, speed: MachineSpeed(gigaflops: 1))
      #expect((forecast.seconds ?? 0) > 0)
      #expect(forecast.verdict == .refused(message))
    }
    var recipe = Recipe()
    (recipe.steps, recipe.size) = (.max, .max)
    #expect(throws: TrainingError.self) { try RunPlanner.check(recipe, labels: 30) }
    recipe.size = 256
    let error = #expect(throws: TrainingError.self) { try RunPlanner.check(recipe, labels: 30) }
    #expect(
      error?.description
        == "steps is '9223372036854775807'; a whole number from 1 to 10000000, please")
  }

  @Test func `a mean of the weights takes memory besides`() throws {
    var recipe = Recipe()
    let plain = MemoryNeed.bytes(try CheckedRecipe(recipe, labels: 24))
    recipe.keep = .average
    let kept = MemoryNeed.bytes(try CheckedRecipe(recipe, labels: 24))
    (recipe.keep, recipe.optimisation.ema) = (.best, 0.9)
    let decaying = MemoryNeed.bytes(try CheckedRecipe(recipe, labels: 24))
    #expect(decaying == kept)
    #expect(kept > plain)
  }

  @Test func `a number of steps takes its own time, whatever the epochs`() throws {
    var recipe = Recipe()
    recipe.validation = 0
    recipe.optimisation.crossValidation = .none
    recipe.epochs = 10
    let speed = MachineSpeed(gigaflops: 100)
    let epochs = RunPlanner.forecast(recipe, labels: 8, speed: speed)
    recipe.steps = 40
    let steps = RunPlanner.forecast(recipe, labels: 8, speed: speed)
    #expect(Self.steps(steps) == 40)
    #expect(abs((steps.seconds ?? 0) / (epochs.seconds ?? 1) - 2) < 1e-9)
  }

  @Test func `a cross-validation takes as long again at most, a full one once a label`() throws {
    func seconds(_ choice: Optimisation.CrossValidation, _ validation: Double = 0) throws -> Double
    {
      var recipe = Recipe()
      (recipe.steps, recipe.validation) = (100, validation)
      recipe.optimisation.crossValidation = choice
      return try #require(
        RunPlanner.forecast(recipe, labels: 5, speed: MachineSpeed(gigaflops: 100)).seconds)
    }
    let alone = try seconds(.none)
    #expect(try (1.9...2.1).contains(seconds(.auto) / alone))
    #expect(try (5.9...6.1).contains(seconds(.full) / alone))
    #expect(try seconds(.auto, 0.2) == seconds(.none, 0.2), "what is held out tells enough")
  }

  @Test func `small images are trained at a small size`() {
    #expect(RunPlanner.recipe(smallestSides: [128, 150, 192]).size == 128)
    #expect(RunPlanner.recipe(smallestSides: [128], architecture: .ceNet).size == 192)
    #expect(RunPlanner.recipe(smallestSides: [811, 1030]).size == 256)
  }

  @Test func `time follows from work and speed`() throws {
    var recipe = Recipe()
    recipe.epochs = 10
    recipe.validation = 0
    recipe.optimisation.crossValidation = .none
    let slow = RunPlanner.forecast(recipe, labels: 8, speed: MachineSpeed(gigaflops: 50))
    let fast = RunPlanner.forecast(recipe, labels: 8, speed: MachineSpeed(gigaflops: 100))
    // A step of four 256x256 images is 431 GFLOP, as counted for the reference, and as long again as 41.
    #expect(abs((fast.seconds ?? 0) - 20 * 4.72) < 0.2)
    #expect(abs((slow.seconds ?? 0) - 40 * 4.72) < 0.4)
    #expect(RunPlanner.forecast(recipe, labels: 8, speed: nil).seconds == nil)
    let proposing = RunPlanner.forecast(
      recipe, labels: 8, proposals: 10, speed: MachineSpeed(gigaflops: 100))
    #expect((proposing.seconds ?? 0) > (fast.seconds ?? 0))
  }

  @Test func `small pictures do not make a step as short as their pixels are few`() throws {
    var (small, large) = (Recipe(), Recipe())
    (small.size, large.size) = (64, 256)
    let speed = MachineSpeed(gigaflops: 100)
    let few = RunPlanner.forecast(small, labels: 8, speed: speed).seconds ?? 0
    let many = RunPlanner.forecast(large, labels: 8, speed: speed).seconds ?? 0
    #expect(few > many / 8)
  }

  @Test(arguments: [(64, 1342.0), (256, 1955)])
  func `memory is foretold as a run takes it`(size: Int, megabytes: Double) throws {
    var recipe = Recipe()
    recipe.size = size
    let told = MemoryNeed.bytes(try CheckedRecipe(recipe, labels: 8)) * 1e-6
    #expect(told > 0.95 * megabytes && told < 1.15 * megabytes, "\(told) MB")
  }

  @Test func `an earlier run tells the machine's speed`() throws {
    var recipe = Recipe()
    recipe.size = 256
    let epochs = [0.5, 2, 2.1].enumerated().map { index, rate in
      EpochRecord(
        epoch: index + 1, trainLoss: 1, validationLoss: nil, seconds: 1, imagesPerSecond: rate)
    }
    let speed = try #require(MachineSpeed(recipe: recipe, history: epochs))
    #expect(abs(speed.gigaflops - 2 * 118) < 1)
    #expect(MachineSpeed(recipe: recipe, history: []) == nil)
  }
}
