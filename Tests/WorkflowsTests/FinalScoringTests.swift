import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting

@testable import Workflows

struct FinalScoringTests {
  private let perfect = Scores(prediction: Mask.leading(3), truth: Mask.leading(3))

  @Test func `images that were only validated on are not marked as trained on`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(
      Split(parts: [ImageKey("1.png"): .train, ImageKey("2.png"): .validation]))
    var seen: [Int] = []
    let result = try #require(
      try labels.scores(
        of: run, by: { _ in perfect }, isStopped: { false },
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
        of: run, by: { $0.key == ImageKey("1.png") ? perfect : half }, isStopped: { false },
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
    let masks = try images.masks(in: folder.path("masks"), polarity: nil)
    let labels = try LabelSource(
      images, masks: masks, split: URL(filePath: folder.path("split.csv")))
    let run = RunFolder(id: "run", url: folder.url.appending(path: "run"))
    try run.write(Split(parts: [:]))
    let result = try #require(
      try labels.scores(
        of: run, by: { _ in perfect }, isStopped: { false }, progress: { _, _, _ in }))
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
      of: run,
      by: { _ in
        scored += 1
        #expect(stop.ask(SIGINT) && !stop.isTraining)
        return perfect
      }, isStopped: { stop.number != nil }, progress: { _, _, _ in })
    #expect(result == nil)
    #expect(scored == 1)
    #expect(stop.number == SIGINT)
    #expect(!stop.ask(SIGTERM), "the second one is not to be waited for")
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
      images, masks: try images.masks(in: nil, polarity: nil), split: nil)
    return (labels, RunFolder(id: "run", url: folder.url.appending(path: "run")))
  }
}
