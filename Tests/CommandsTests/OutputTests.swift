import Files
import Foundation
import Imaging
import Logging
import Project
import Recipes
import Terminal
import Testing
import Training
import Weights

@testable import aura

struct OutputTests {
  @Test func `a mask has its image's name, and its whole name where two would share one`() {
    let keys = ["a.tif", "b.png", "b.tif", "plate/a.png", "stack.tif#3", "noextension"]
      .map { ImageKey($0) }
    let names = Output.maskNames(of: keys)
    #expect(names[ImageKey("a.tif")] == "a.png")
    #expect(names[ImageKey("b.png")] == "b.png.png")
    #expect(names[ImageKey("b.tif")] == "b.tif.png")
    #expect(names[ImageKey("plate/a.png")] == "plate/a.png")
    #expect(names[ImageKey("stack.tif#3")] == "stack#3.png")
    #expect(names[ImageKey("noextension")] == "noextension.png")
    #expect(Set(names.values).count == keys.count)
  }

  @Test func `each kind of error has its exit code`() {
    let codes: [(any Error, aura.ExitStatus)] = [
      (FileError.noFolder("x"), .missingInput),
      (ProjectError.noImages("x", refused: 0, example: nil), .missingInput),
      (ProjectError.locked("x", process: 1), .inUse),
      (FileError.notWritable("x"), .cannotCreate),
      (FileError.diskFull("x"), .cannotWrite),
      (ProjectError.file(.diskFull("x")), .cannotWrite),
      (ProjectError.maskSize("x", mask: "1x1", image: "2x2"), .badInput),
      (ImagingError.damaged(file: "x", reason: "y"), .badInput),
      (WeightsError.malformed("x"), .badInput),
      (TrainingError.file(.file(.diskFull("x"))), .cannotWrite),
      (TrainingError.file(.file(.notWritable("x"))), .cannotCreate),
      (TrainingError.checkpoint(.finished), .badInput),
      (TerminalError.dumb, .noTerminal),
      (Failure(.inUse, "x"), .inUse),
      (CancellationError(), .internalError),
    ]
    for (error, status) in codes {
      let failure = Failure(error)
      #expect(failure.status == status, "\(error)")
      #expect(!failure.text.isEmpty && !failure.text.contains("\n"))
    }
  }

  @Test func `a table has every image, mean and standard deviation`() throws {
    var truth = Mask(width: 4, height: 1)
    truth.fill(0..<2, with: true)
    var half = Mask(width: 4, height: 1)
    half.fill(0..<1, with: true)
    var table = ScoreTable()
    table.add(
      ImageKey("a,1.png"), Scores(prediction: truth, truth: truth, withBoundaries: true))
    #expect(table.standardDeviation == nil, "of one image")
    table.add(ImageKey("b.png"), Scores(prediction: half, truth: truth, withBoundaries: true))
    #expect(table.mean.scores.iou == 0.75)
    #expect(table.mean.scores[.recall] == 0.75)
    #expect(table.mean.scores[.precision] == 1)
    let lines = table.csv.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasSuffix(",hausdorff,hausdorff95,boundary_iou"))
    #expect(lines[2] == "b.png,0.5," + "\(2.0 / 3),1.0,0.5,1.0,0.95,0.5")
    #expect(lines[4].hasPrefix("std,0.35355339"))
    #expect(!table.text.contains("diagonal"))
    let nothing = Mask(width: 4, height: 1)
    table.add(
      ImageKey("c.png"), Scores(prediction: nothing, truth: truth, withBoundaries: true))
    #expect(table.text.contains("diagonal"))
    #expect(try JSONText.line(table).contains("\"standardDeviation\":{"))
    #expect(lines[1].hasPrefix("\"a,1.png\",1.0,"))
    #expect(table.text.contains("mean"))
  }

  @Test func `a log line is whole, and a log that cannot be is no failure`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aura-log-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "deep/aura.log")
    let log = FileLog(file)
    #expect(log.isOpen)
    Logger(label: "test") { _ in log }.info("opened", metadata: ["b": "2", "a": "1"])
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.hasSuffix(" info opened a=1 b=2\n"))
    let blocked = FileLog(file.appending(path: "inside-a-file.log"))
    #expect(!blocked.isOpen)
    Logger(label: "test") { _ in blocked }.info("lost")

    // Another program logs to the same file.
    let other = FileLog(file)
    Logger(label: "test") { _ in other }.info("second")
    Logger(label: "test") { _ in log }.info("third")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.map { $0.split(separator: " ")[2] } == ["opened", "second", "third"])
  }
}
