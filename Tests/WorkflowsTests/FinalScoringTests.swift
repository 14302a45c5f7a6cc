import Autograd
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import Weights
import WorkflowTesting

@testable import Workflows

struct FinalScoringTests {
  private let perfect = Scores(prediction: Mask.leading(3), truth: Mask.leading(3))
  private let note = ScoringNote(scoring: .own, views: .one)

  @Test func `images that were only validated on are not marked as trained on`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(
      Split(parts: [ImageKey("1.png"): .train, ImageKey("2.png"): .validation]))
    var seen: [Int] = []
    let result = try #require(
      try labels.scores(
        of: run, made: note, by: { _ in perfect }, isStopped: { false },
        progress: { done, _, _ in seen.append(done) }))
    #expect(!result.isOfTests)
    let lines = try run.scores()
    #expect(lines.map(\.image.text) == ["1.png", "2.png", "3.png"])
    #expect(lines.map(\.trainedOn) == [true, false, false])
    #expect(result.table.all.mean.scores.iou == 1)
    #expect(seen == [0, 1, 2])
  }

  @Test func `images trained on and images held out have a mean each`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(
      Split(parts: [ImageKey("1.png"): .train, ImageKey("2.png"): .validation]))
    let half = Scores(prediction: Mask.leading(1), truth: Mask.leading(2))
    let result = try #require(
      try labels.scores(
        of: run, made: note, by: { $0.key == ImageKey("1.png") ? perfect : half },
        isStopped: { false },
        progress: { _, _, _ in }))
    let lines = result.table.text.split(separator: "\n").map {
      $0.replacing(#/ {2,}/#, with: "|").split(separator: "|").prefix(3).joined(separator: "|")
    }
    #expect(
      lines == [
        "image|part|IoU", "1.png|trained on|1.0000", "2.png|held out|0.5000",
        "3.png|held out|0.5000", "mean|held out|0.5000", "std|held out|0.0000",
        "mean|trained on|1.0000",
      ])
  }

  @Test func `images for testing are called that`() throws {
    let folder = try TestFolder()
    try folder.labelled(3, area: 3)
    let images = try ImageFolder(folder.path("images"))
    let masks = try images.masks(in: folder.path("masks"), values: nil)
    let labels = try LabelSource(
      images, masks: masks, split: URL(filePath: folder.path("split.csv")))
    let run = RunFolder(id: "run", url: folder.url.appending(path: "run"))
    try run.write(Split(parts: [:]))
    let result = try #require(
      try labels.scores(
        of: run, made: note, by: { _ in perfect }, isStopped: { false }, progress: { _, _, _ in }))
    #expect(result.table.text.contains(/\nmean +test +1\.0000/))
    #expect(result.table.text.contains(/\n3\.png +test +1\.0000/))
  }

  @Test func `a signal ends scoring after the image in hand`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(Split(parts: [:]))
    let stop = StopRequest()
    var scored = 0
    let result = try labels.scores(
      of: run, made: note,
      by: { _ in
        scored += 1
        #expect(stop.ask(SIGINT) && stop.phase != .training)
        return perfect
      }, isStopped: { stop.number != nil }, progress: { _, _, _ in })
    #expect(result == nil)
    #expect(scored == 1)
    #expect(stop.number == SIGINT)
    #expect(!stop.ask(SIGTERM), "the second one is not to be waited for")
  }

  @Test
  func `scores are told again only of the same weights, images and masks, made in the same way`()
    throws
  {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(Split(parts: [ImageKey("1.png"): .train]))
    func train(_ weight: Float) throws {
      try run.writeWeights(
        Safetensors.sealedPieces(
          of: StateDict([NamedTensor(path: "w", shape: Shape(1), values: [weight])])))
    }
    /// How many images are scored, of two calls.
    func scored(_ scoring: ScoringProtocol = .own, views: Views = .one) throws -> [Int] {
      try (0..<2).map { _ in
        var count = 0
        let result = try labels.scores(
          of: run, made: ScoringNote(scoring: scoring, views: views),
          by: { _ in
            count += 1
            return perfect
          }, isStopped: { false }, progress: { _, _, _ in })
        #expect(result?.table.count == 3)
        #expect(result?.table.partSummaries.map(\.images) == [2, 1])
        return count
      }
    }
    try train(1)
    #expect(try scored() == [3, 0])
    #expect(try scored(.paper) == [3, 0])
    #expect(try scored(.paper, views: .sizes) == [3, 0])
    #expect(try scored() == [3, 0])
    try folder.mask("images/masks/2.png", area: 7)
    #expect(try scored() == [3, 0])
    let other = Image(
      width: 6, height: 4, bitDepth: 8, values: Array(repeating: 9, count: 24))
    try folder.write(PNG.encode(other), to: "images/3.png")
    #expect(try scored() == [3, 0])
    try train(2)
    #expect(try scored() == [3, 0])
    // The workbench's review writes the same table, and looks at other things.
    let scores = try run.scores()
    try run.write(scores.map { ImageScore(image: $0.image, trainedOn: true, scores: $0.scores) })
    #expect(try scored() == [3, 0])
    // Scores of the version before say nothing of how they were made.
    try FileManager.default.removeItem(at: run.url.appending(path: "scoring.json"))
    #expect(try scored() == [3, 0])
  }

  @Test func `an image that there is not the memory for is left out of the scores`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(Split(parts: [:]))
    var troubles: [String] = []
    let result = try labels.scores(
      of: run, made: note,
      by: { sample in
        if sample.key == ImageKey("2.png") { throw TrainingError.memory("too large") }
        return perfect
      }, trouble: { troubles.append("\($0): \($1)") }, isStopped: { false },
      progress: { _, _, _ in })
    #expect(troubles == ["2.png: too large"])
    #expect(result?.table.count == 2)
    #expect(try run.scores().map(\.image.text) == ["1.png", "3.png"])
  }

  private func labels(in folder: TestFolder) throws -> (LabelSource, RunFolder) {
    for number in 1...3 {
      try folder.image("images/\(number).png")
      try folder.mask("images/masks/\(number).png", area: number)
    }
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "run"), withIntermediateDirectories: true)
    let images = try ImageFolder(folder.path("images"))
    let labels = try LabelSource(
      images, masks: try images.masks(in: nil, values: nil), split: nil)
    return (labels, RunFolder(id: "run", url: folder.url.appending(path: "run")))
  }
}
