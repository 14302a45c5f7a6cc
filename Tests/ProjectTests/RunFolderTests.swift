import Imaging
import Files
import Foundation
import Recipes
import TestSupport
import Testing

@testable import Project

struct RunFolderTests {
  @Test func `recipe, split and history come back as they were written, scores are a table`() throws
  {
    let folder = try TestFolder()
    let run = RunFolder(id: "ft-01", url: folder.url.appending(path: "ft-01"))
    var recipe = Recipe()
    recipe.size = 128
    recipe.keep = .last
    recipe.learningRate = 1e-4
    recipe.optimisation.schedule = .cosine
    recipe.optimisation.warmup = 7
    try run.write(recipe)
    #expect(try run.recipe() == recipe)
    let split = Split(parts: [ImageKey("a, b.png"): .validation, ImageKey("c.png"): .train])
    try run.write(split)
    #expect(try run.split() == split)
    let epochs = (1...3).map {
      EpochRecord(
        epoch: $0, trainLoss: 1 / Double($0 * 3), validationLoss: $0 == 2 ? nil : 0.1,
        seconds: 2.5e-7, imagesPerSecond: 31.4)
    }
    #expect(try run.history().isEmpty)
    for epoch in epochs { try run.append(epoch) }
    #expect(try run.history() == epochs)
    try run.write(Array(epochs.prefix(2)))
    #expect(try run.history() == Array(epochs.prefix(2)))
    let scores = [
      ImageScore(
        image: ImageKey("a, b.png"), trainedOn: true,
        scores: Scores([
          .iou: 0.1, .dice: 0.2, .precision: 1, .recall: 0, .boundaryIoU: 0.25, .hausdorff: 3,
        ])),
      ImageScore(
        image: ImageKey("b"), trainedOn: false,
        scores: Scores([.iou: 1, .dice: 1, .precision: 1, .recall: 1])),
    ]
    try run.write(scores)
    #expect(
      try String(contentsOf: run.scoresFile, encoding: .utf8)
        == "image,trained_on,iou,dice,precision,recall,hausdorff,hausdorff95,boundary_iou,ap50,ap50_95,cell_f1,cell_precision,cell_recall,matched_iou,pq,aji,count_error,splits,merges\n"
        + "\"a, b.png\",yes,0.1,0.2,1.0,0.0,3.0,,0.25,,,,,,,,,,,\n"
        + "b,no,1.0,1.0,1.0,1.0,,,,,,,,,,,,,,\n")
    #expect(try run.scores() == scores)
  }

  @Test func `scores are a training's as long as nobody writes others, and go with their note`()
    throws
  {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url)
    let note = ScoringNote(scoring: .paper, views: .sizes, weights: "w", images: "i")
    let line = ImageScore(
      image: ImageKey("a.png"), trainedOn: true, scores: Scores([.iou: 1, .dice: 1]))
    try run.writeWeights([Data("w".utf8)])
    try run.write([line])
    #expect(run.scoringNote == nil && !run.isScored)
    try run.write([line], made: note)
    #expect(run.scoringNote == note && run.isScored)
    #expect(try run.scores() == [line])
    // Notes of before knew mirror images alone.
    let file = folder.url.appending(path: "scoring.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    for (flips, views) in [(true, Views.flips), (false, .one)] {
      let old = text.replacing("\"views\" : \"sizes\"", with: "\"flips\" : \(flips)")
      #expect(old != text)
      try Data(old.utf8).write(to: file)
      #expect(
        run.scoringNote
          == ScoringNote(scoring: .paper, views: views, weights: "w", images: "i"))
    }
    // A run that was stopped and then reviewed in the workbench is not finished by that.
    try run.write([line, line])
    #expect(run.scoringNote == nil && !run.isScored)
    try run.write([line], made: note)
    try run.writeCheckpoint([Data("c".utf8)])
    #expect(!run.isScored)
    run.removeScores()
    #expect(folder.listing == ["last.checkpoint", "weights.safetensors"])
  }

  @Test func `how much of what was learnt is kept comes back as it was written, and goes`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url)
    #expect(run.keptShare == nil)
    let kept = KeptShare(share: 0.25, agreement: 0.4, images: 9, disputed: [ImageKey("a, b.png")])
    try run.write(kept)
    #expect(run.keptShare == kept && folder.listing == ["kept.json"])
    run.removeKeptShare()
    #expect(run.keptShare == nil && folder.listing.isEmpty)
  }

  @Test func `a checkpoint that cannot be looked at is there all the same`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url.appending(path: "run"))
    #expect(!run.hasCheckpoint && !run.isBegun)
    try AtomicWrite.makeFolder(run.url)
    #expect(!run.hasCheckpoint)
    for target in ["last.checkpoint", "gone"] {
      try? FileManager.default.removeItem(at: run.checkpointFile)
      try FileManager.default.createSymbolicLink(
        atPath: run.checkpointFile.path, withDestinationPath: target)
      #expect(run.hasCheckpoint && run.isBegun && run.checkpointBytes == 0, "\(target)")
    }
  }

  @Test func `a folder is bare that has only what a kill before the first file leaves`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url)
    #expect(run.isBare)
    try folder.write(Data("1\n".utf8), to: "lock")
    try folder.write(Data(), to: ".x.aura-tmp")
    #expect(run.isBare)
    try folder.write(Data(), to: "notes.txt")
    #expect(!run.isBare)
  }

  @Test func `scores of the version before, in its order of columns, are read`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url)
    try AtomicWrite.write(
      """
      image,trained_on,iou,dice,precision,recall,boundary_iou,hausdorff,hausdorff95
      a.png,yes,0.1,0.2,1.0,0.5,0.25,3.0,2.5
      b.png,no,1.0,1.0,1.0,1.0,,,

      """, to: run.scoresFile)
    let scores = try run.scores()
    #expect(scores.map(\.trainedOn) == [true, false])
    #expect(
      scores.map(\.scores) == [
        Scores([
          .iou: 0.1, .dice: 0.2, .precision: 1, .recall: 0.5, .boundaryIoU: 0.25, .hausdorff: 3,
          .hausdorff95: 2.5,
        ]), Scores([.iou: 1, .dice: 1, .precision: 1, .recall: 1]),
      ])
  }

  @Test(arguments: [
    ("none", StartingWeights.random), ("simulated", .simulated),
    ("runs/ft-01/best.safetensors", .file("runs/ft-01/best.safetensors")),
  ])
  func `a recipe notes where its weights come from`(text: String, weights: StartingWeights) throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "ft-02", url: folder.url.appending(path: "ft-02"))
    var recipe = Recipe()
    recipe.weights = weights
    try run.write(recipe)
    #expect(try run.recipe() == recipe)
    let written = try String(contentsOf: run.recipeFile, encoding: .utf8)
    #expect(written.contains("\"weights\" : \"\(text)\""))
  }

  @Test func `weights of an earlier version are found until new ones take their place`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "ft-01", url: folder.url)
    let (old, new) = (Data("old".utf8), Data("new".utf8))
    #expect(!run.hasWeights && run.weightsFile.lastPathComponent == "weights.safetensors")
    try folder.write(old, to: "best.safetensors")
    #expect(run.hasWeights)
    #expect(try Data(contentsOf: run.weightsFile) == old)
    try run.writeWeights([new])
    #expect(run.weightsFile.lastPathComponent == "weights.safetensors")
    #expect(try Data(contentsOf: run.weightsFile) == new)
    #expect(
      !FileManager.default.fileExists(atPath: folder.url.appending(path: "best.safetensors").path))
    // A kill between the two leaves both: the new ones count.
    try folder.write(old, to: "best.safetensors")
    #expect(try Data(contentsOf: run.weightsFile) == new)
  }

  @Test func `a torn line of the history costs only itself`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "ft-01", url: folder.url)
    func epoch(_ number: Int) -> EpochRecord {
      EpochRecord(
        epoch: number, trainLoss: 0.5, validationLoss: 0.25, seconds: 1, imagesPerSecond: 2)
    }
    try run.append(epoch(1))
    try run.append(epoch(2))
    let whole = try Data(contentsOf: run.historyFile)
    try whole.dropLast(7).write(to: run.historyFile)
    try run.append(epoch(3))
    #expect(try run.history() == [epoch(1), epoch(3)])
  }

  @Test func `recipes and settings with missing keys are read with defaults`() throws {
    let recipe = try JSONDecoder().decode(
      Recipe.self, from: Data(#"{"size": 64, "augments": false, "keep": "last"}"#.utf8))
    var expected = Recipe()
    expected.size = 64
    expected.keep = .last
    expected.augmentation = .none
    #expect(recipe == expected)
    let settings = try JSONDecoder().decode(
      ProjectSettings.self, from: Data(#"{"version":1}"#.utf8))
    #expect(settings == ProjectSettings(name: ""))
  }

  @Test func `a project of a newer aura, or with damaged settings, is not touched`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    try folder.write(Data(#"{"version": 7}"#.utf8), to: ".aura/aura.json")
    let path = folder.url.path + "/.aura/aura.json"
    #expect(throws: ProjectError.newer(path, found: 7, known: ProjectSettings.newestVersion)) {
      try ProjectStore.open(images: folder.url)
    }
    try folder.write(Data("{".utf8), to: ".aura/aura.json")
    #expect(throws: ProjectError.self) { try ProjectStore.open(images: folder.url) }
    #expect(try Data(contentsOf: folder.url.appending(path: ".aura/aura.json")) == Data("{".utf8))
  }

  @Test(arguments: [
    "a.png,no,77,0.5,0.5,0.5,,,", "a.png,no,0.5,0.5,0.5,-0.1,,,", "a.png,no,nan,0.5,0.5,0.5,,,",
    "a.png,no,0.5,0.5,0.5,0.5,1.5,,", "a.png,no,0.5,0.5,0.5,0.5,0.5,-1,0",
    "a.png,no,0.5,0.5,0.5,0.5,0.5,1,inf",
  ])
  func `scores that cannot be are told with their line`(row: String) throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url)
    let heading = "image,trained_on,iou,dice,precision,recall,boundary_iou,hausdorff,hausdorff95"
    let good = "a.png,no,0,1,0.5,0.25,,3,2"
    try AtomicWrite.write([heading, good, ""].joined(separator: "\n"), to: run.scoresFile)
    #expect(try run.scores().count == 1)
    try AtomicWrite.write([heading, good, row, ""].joined(separator: "\n"), to: run.scoresFile)
    let error = #expect(throws: ProjectError.self) { try run.scores() }
    #expect(error?.description.contains("line 3 is no score") == true)
  }
}
