import Foundation
import Imaging
import Logging
import Networks
import Project
import Recipes
import Synchronization
import TestSupport
import Testing
import Training
import Weights
import WorkflowTesting

@testable import Workflows

struct BeginningParityTests {
  /// Six images of a side, of which so many are accepted, in a project.
  private static func project(side: Int, labels: Int) throws -> TestFolder {
    let folder = try TestFolder()
    for name in ["a", "b", "c", "d", "e", "f"] {
      let values = (0..<side * side).map { Float($0 % 251) }
      try folder.write(
        PNG.encode(Image(width: side, height: side, bitDepth: 8, values: values)),
        to: "cells/\(name).png")
    }
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    defer { store.close() }
    for key in store.keys.prefix(labels) {
      try store.decide(
        Decision(image: key, state: .accepted, time: 1), mask: Mask(width: side, height: side))
    }
    return folder
  }

  /// What `aura train` would begin with, by what its options ask for.
  private static func train(
    _ folder: TestFolder, weights: StartingWeights? = nil, masks: String? = nil,
    asksForWarmup: Bool = false, change: @escaping (inout Recipe) -> Void = { _ in }
  ) throws -> Beginning {
    let images = try ImageFolder(folder.path("cells"))
    let labels = try LabelSource(
      images, masks: try images.masks(in: masks, values: nil), split: nil)
    let wish = Beginning.Wish(weights: weights, pace: .paper, asksForWarmup: asksForWarmup) {
      var recipe = $0
      change(&recipe)
      return recipe
    }
    return try Beginning(wish, labels: labels, usual: try WeightsSource(nil))
  }

  /// What `g` would show as its plan, by weights that `aura --weights` names.
  private static func plan(
    _ folder: TestFolder, _ weights: StartingWeights? = nil
  ) async throws -> Recipe {
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    defer { store.close() }
    let (plans, plan) = AsyncStream<Recipe>.makeStream()
    let service = TrainingService(
      store: store, usual: try WeightsSource(weights),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) { if case .planned(let forecast) = $0 { plan.yield(forecast.recipe) } }
    service.plan(nil)
    defer { _ = service.finish() }
    for await recipe in plans { return recipe }
    throw CancellationError()
  }

  @Test(arguments: [(64, 1), (300, 1), (300, 6)])
  func `aura train DIR and g in the same folder give the same recipe`(
    side: Int, labels: Int
  ) async throws {
    let folder = try Self.project(side: side, labels: labels)
    let recipe = try Self.train(folder).recipe
    #expect(try await Self.plan(folder) == recipe)
    #expect(recipe.size == (side == 64 ? 128 : 256))
    #expect(SimulatedWeights.file == nil || recipe.weights == .simulated)
  }

  @Test(arguments: [(nil, nil, 256), (128, nil, 128), (128, 192, 192), (nil, 320, 320)])
  func `the size that was found counts, and one that was set before it`(
    found: Int?, set: Int?, size: Int
  ) async throws {
    let folder = try Self.project(side: 300, labels: 1)
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    try store.update {
      $0.foundSize = found.map {
        FoundSize(size: $0, referenceSide: 300, cellDiameter: nil, looks: [])
      }
      $0.workingSize = set
    }
    store.close()
    #expect(try Self.train(folder).recipe.size == size)
    #expect(try await Self.plan(folder).size == size)
    // What is asked for on the command line counts before both.
    #expect(try Self.train(folder) { $0.size = 448 }.recipe.size == 448)
  }

  @Test func `masks that a network proposed do not say the size that it looked with`() throws {
    let folder = try Self.project(side: 64, labels: 3)
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    defer { store.close() }
    try store.update {
      $0.foundSize = FoundSize(size: 128, referenceSide: 64, cellDiameter: nil, looks: [])
    }
    #expect(LabelSource(store).drawn == LabelSource(store).training)
    #expect(Beginning.isSizeOpen(LabelSource(store)), "three drawn masks say it")
    let (key, cells) = (
      store.keys[3], LabelImage(width: 64, height: 64, labels: (0..<4096).map { $0 < 640 ? 1 : 0 })
    )
    try store.propose(cells, Proposal(image: key, uncertainty: 0.5, run: "simulated", time: 2))
    try store.decide(Decision(image: key, state: .accepted, time: 3), cells: cells)
    #expect(LabelSource(store).training.contains(key) && !LabelSource(store).drawn.contains(key))
    try store.decide(
      Decision(image: store.keys[0], state: .corrected, time: 3), cells: cells)
    #expect(!Beginning.isSizeOpen(LabelSource(store)), "two do not")
  }

  @Test func `a size is kept where somebody chose it, and not where it was only offered`()
    async throws
  {
    let folder = try Self.project(side: 300, labels: 1)
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    defer { store.close() }
    let (plans, plan) = AsyncStream<Recipe>.makeStream()
    let service = TrainingService(
      store: store, usual: .nothing,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, threads: 1
    ) { if case .planned(let forecast) = $0 { plan.yield(forecast.recipe) } }
    defer { _ = service.finish() }
    var recipe = Recipe()
    recipe.size = 192
    service.keepSize(of: recipe)
    #expect(store.settings.workingSize == nil)
    service.plan(nil)
    for await offered in plans {
      // What was found meanwhile is nobody's choice.
      try store.update {
        $0.foundSize = FoundSize(size: 128, referenceSide: 300, cellDiameter: nil, looks: [])
      }
      service.keepSize(of: offered)
      #expect(offered.size == 256 && store.settings.workingSize == nil)
      break
    }
    service.keepSize(of: recipe)
    #expect(store.settings.workingSize == 192 && store.settings.foundSize?.size == 128)
  }

  @Test func `a run tells cells apart where the weights that it begins with do`() async throws {
    let folder = try Self.project(side: 64, labels: 2)
    let path = try folder.weights(of: .auraNet)
    #expect(try Self.train(folder, weights: .file(path)).recipe.objects == .none)
    var state = try NetworkFile(path).weights
    state.metadata["objects"] = "core"
    try Safetensors.encode(state).write(to: URL(filePath: path))
    #expect(try Self.train(folder, weights: .file(path)).recipe.objects == .core)
    #expect(try await Self.plan(folder, .file(path)).objects == .core)
    #expect(try Self.train(folder, weights: .random).recipe.objects == .none)
    let other = try Self.train(folder, change: { $0.architecture = .unet })
    #expect(other.recipe.objects == .none)
    let asked = try Self.train(folder, weights: .file(path), change: { $0.objects = .none })
    #expect(asked.recipe.objects == .none)
  }

  @Test func `a second run on few labels asks for the opinion that the first one did`()
    async throws
  {
    let folder = try Self.project(side: 64, labels: 2)
    let path = try folder.weights(of: .auraNet)
    var state = try NetworkFile(path).weights
    #expect(try NetworkFile(path).usualViews() == .flips)
    state.metadata["secondOpinion"] = "simulated"
    try Safetensors.encode(state).write(to: URL(filePath: path))
    #expect(try NetworkFile(path).usualViews() == .secondOpinion)
    #expect(try NetworkFile(path).usualViews(hasSeenImages: false) == .sizes)
    let byFile = try Self.train(folder, weights: .file(path)).recipe.optimisation.secondOpinion
    #expect(byFile == .simulated)
    let run = folder.url.appending(path: "cells/.aura/runs/ft-01")
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    try Safetensors.encode(state).write(to: run.appending(path: "weights.safetensors"))
    let trained = try Self.train(folder).recipe.optimisation.secondOpinion
    #expect(trained == .simulated)
    #expect(try await Self.plan(folder).optimisation.secondOpinion == trained)
    let none = try Self.train(folder) { $0.optimisation.secondOpinion = .none }
    #expect(none.recipe.optimisation.secondOpinion == .none)
    #expect(try Self.train(folder, weights: .random).recipe.optimisation.secondOpinion == .auto)
  }

  @Test func `the project's newest run and its own recipe count in both`() async throws {
    let folder = try Self.project(side: 64, labels: 2)
    let weights = try folder.weights(of: .auraNet)
    try FileManager.default.createDirectory(
      atPath: folder.path("cells/.aura/runs/ft-01"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: weights, toPath: folder.path("cells/.aura/runs/ft-01/weights.safetensors"))
    let run = RunFolder(id: "ft-01", url: folder.url.appending(path: "cells/.aura/runs/ft-01"))
    try run.write(Split(parts: [ImageKey("a.png"): .train]))
    let trained = try Self.train(folder)
    #expect(trained.recipe.weights == .file("runs/ft-01/weights.safetensors"))
    #expect(trained.past?.parts == [ImageKey("a.png"): .train])
    #expect(trained.recipe.steps == 100 && trained.recipe.batch == 2)
    #expect(try await Self.plan(folder) == trained.recipe)
    #expect(try trained.weights()?.tensors.isEmpty == false)

    // What is asked for counts before the run, and a network of its own does not begin with it.
    #expect(try Self.train(folder, weights: .random).recipe.weights == .random)
    #expect(try Self.train(folder, change: { $0.architecture = .unet }).recipe.weights == .random)
    // Labels from elsewhere are not the project's.
    try folder.mask("masks/a.png", area: 1)
    #expect(
      try Self.train(folder, masks: folder.path("masks")).recipe.weights
        != trained.recipe.weights)

    var settings = ProjectSettings(name: "cells")
    var own = Recipe()
    (own.size, own.epochs, own.seed) = (64, 7, 3)
    settings.recipe = own
    try folder.write(JSONEncoder().encode(settings), to: "cells/.aura/aura.json")
    own.weights = .file("runs/ft-01/weights.safetensors")
    #expect(try Self.train(folder).recipe == own)
    #expect(try await Self.plan(folder) == own)
  }

  @Test func `from random weights they differ in length alone`()
    async throws
  {
    let folder = try Self.project(side: 64, labels: 6)
    let long = try Self.train(folder, weights: .random).recipe
    var short = try await Self.plan(folder, StartingWeights.random)
    #expect(long.epochs == Recipe().epochs && short.epochs < long.epochs)
    (short.epochs, short.batch) = (long.epochs, long.batch)
    #expect(short == long)
  }

  @Test func `a warm-up fits itself to a short run unless it is asked for`() async throws {
    let folder = try Self.project(side: 64, labels: 2)
    let weights = try folder.weights(of: .auraNet)
    func train(asksForWarmup: Bool) throws -> Beginning {
      try Self.train(folder, weights: .file(weights), asksForWarmup: asksForWarmup) {
        $0.steps = 30
      }
    }
    #expect(try train(asksForWarmup: false).recipe.optimisation.warmup == 3)
    #expect(try train(asksForWarmup: true).recipe.optimisation.warmup == 10)
    // In the dialog of `g` the run is shortened by hand.
    let store = try ProjectStore.open(images: folder.url.appending(path: "cells"))
    defer { store.close() }
    var edited = try Self.train(folder, weights: .file(weights)).recipe
    #expect(edited.optimisation.warmup == 10)
    edited.steps = 20
    let beginning = Beginning(
      .edited(edited), labels: LabelSource(store), usual: try WeightsSource(.file(weights)))
    #expect(beginning.recipe.optimisation.warmup == 2)
  }
}
