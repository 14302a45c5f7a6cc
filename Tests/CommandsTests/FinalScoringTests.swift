import ArgumentParser
import Foundation
import Imaging
import Project
import Testing

@testable import aura

struct FinalScoringTests {
  private let perfect = Scores(prediction: TestFolder.mask(3), truth: TestFolder.mask(3))

  @Test func `images that were only validated on are not marked as trained on`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(
      Split(parts: [ImageKey("1.png"): .train, ImageKey("2.png"): .validation]))
    let scoring = try FinalScoring(labels, run: run)
    var seen: [Int] = []
    let result = try #require(
      scoring.scores(
        by: { _ in perfect }, isStopped: { false }, progress: { done, _ in seen.append(done) }))
    #expect(!scoring.isOfTests)
    #expect(result.lines.map(\.image.text) == ["1.png", "2.png", "3.png"])
    #expect(result.lines.map(\.trainedOn) == [true, false, false])
    #expect(result.table.mean.iou == 1)
    #expect(seen == [0, 1, 2])
  }

  @Test func `a signal ends scoring after the image in hand`() throws {
    let folder = try TestFolder()
    let (labels, run) = try labels(in: folder)
    try run.write(Split(parts: [:]))
    let ending = RunEnding()
    ending.trainingIsDone()
    var scored = 0
    let result = try FinalScoring(labels, run: run).scores(
      by: { _ in
        scored += 1
        #expect(ending.ask(SIGINT)?.contains("scores are not") == true)
        return perfect
      }, isStopped: { ending.number != nil }, progress: { _, _ in })
    #expect(result == nil)
    #expect(scored == 1)
    #expect(ending.number == SIGINT)
    #expect(ending.ask(SIGTERM) == nil, "the second one is not to be waited for")
  }

  private func labels(in folder: TestFolder) throws -> (Labels, RunFolder) {
    for number in 1...3 {
      try folder.image("images/\(number).png")
      try folder.mask("images/masks/\(number).png", area: number)
    }
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "run"), withIntermediateDirectories: true)
    let images = try ImageFolder(folder.path("images"))
    let labels = try Labels(images, masks: try MaskOptions.parse([]).find(for: images), split: nil)
    return (labels, RunFolder(id: "run", url: folder.url.appending(path: "run")))
  }
}
