import Autograd
import Files
import Foundation
import Project
import Recipes
import TestSupport
import Testing
import Training
import Weights
import WorkflowTesting
import Workflows

struct BeginningTests {
  /// Trains an epoch on all images of a folder.
  private static func run(_ folder: TestFolder, _ beginning: Beginning) async throws {
    try await OwnThread.run {
      let images = try ImageFolder(folder.path("images"))
      let labels = try LabelSource(
        images, masks: try images.masks(in: folder.path("masks"), values: nil), split: nil)
      try RunPlanner.check(beginning.recipe, labels: labels.training.count)
      let run = try beginning.start(
        try labels.crops(for: beginning.recipe), of: labels,
        in: folder.url.appending(path: "run"), threads: 2
      ) { _ in }
      _ = try run.outcome()
    }
  }

  @Test func `a run notes its start, the ablation takes the encoder, and a resumed run needs none`()
    async throws
  {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.image("images/\(name).png")
      try folder.mask("masks/\(name).png", area: 9)
    }
    let weights = try folder.weights(of: .auraNet)
    let run = folder.url.appending(path: "run")
    try AtomicWrite.makeFolder(run)
    var recipe = Recipe()
    (recipe.architecture, recipe.size, recipe.epochs) = (.unetResNet, 64, 1)
    (recipe.weights, recipe.learningRate) = (.file(weights), 1e-9)
    try await Self.run(folder, try Beginning(named: recipe))
    let files = RunFolder(id: "run", url: run)
    #expect(try files.recipe().weights == .file(weights))
    let before = try NetworkFile(weights).weights
    let after = try NetworkFile(files.weightsFile.path).weights
    let name: Path = "encoder.layer1.0.conv1.weight"
    let (was, now) = (try #require(before[name]).values, try #require(after[name]).values)
    #expect(zip(was, now).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(before["head.weight"]?.values != after["head.weight"]?.values)
    try FileManager.default.removeItem(at: files.weightsFile)
    try FileManager.default.removeItem(atPath: weights)
    // Nothing is left to go on from, nor to begin again with.
    let resumed = try Beginning(resuming: files)
    #expect(resumed.recipe.weights == .file(weights))
    await #expect(throws: WeightsTrouble.self) { try await Self.run(folder, resumed) }
  }
}
