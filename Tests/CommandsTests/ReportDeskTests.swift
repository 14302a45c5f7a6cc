import Files
import ArgumentParser
import Comparison
import Dispatch
import Foundation
import Imaging
import Project
import Recipes
import Testing
import Workbench

@testable import aura

@Suite struct ReportDeskTests {
  private static let key = ImageKey("a.png")

  /// A comparison of two recipes, of which only the first has a prediction on disk.
  private static func comparison(_ place: TestFolder) throws -> ComparisonFolder {
    let folder = ComparisonFolder(place.url)
    let plan = ComparisonPlan(
      data: LabelledFolders(images: "/i"), division: .file("/split.csv"),
      recipes: [NamedRecipe("one", Recipe()), NamedRecipe("two", Recipe())])
    try folder.begin(ComparisonBasis(plan))
    var truth = Mask(width: 8, height: 6)
    truth[3, 2] = true
    try folder.write(
      key,
      image: Image(width: 8, height: 6, bitDepth: 8, values: Array(repeating: 0.5, count: 48)),
      truth: truth)
    for run in plan.runs {
      try AtomicWrite.makeFolder(folder.folder(of: run).url)
      try folder.folder(of: run).write([
        ImageScore(image: key, trainedOn: false, scores: Scores([.iou: 1, .dice: 1]))
      ])
    }
    try folder.write(truth, of: key, by: plan.runs[0])
    return folder
  }

  /// What the desk answers to a request.
  private static func answer(_ folder: ComparisonFolder, _ key: ImageKey) throws -> Event? {
    let posted = DispatchSemaphore(value: 0)
    let mailbox = Mailbox { posted.signal() }
    let desk = ReportDesk(
      folder: folder, results: try ComparisonResults(folder), mailbox: mailbox)
    defer { desk.finish() }
    #expect(desk.perform(.loadReport(key, seed: 0)).isEmpty)
    #expect(posted.wait(timeout: .now() + 60) == .success)
    return mailbox.drain().first
  }

  @Test func `a prediction that is not there is left out, and the others are shown`() throws {
    let place = try TestFolder()
    let folder = try Self.comparison(place)
    guard case .reportLoaded(Self.key, let pictures) = try Self.answer(folder, Self.key) else {
      Issue.record("no pictures")
      return
    }
    #expect(pictures.image.values == Array(repeating: 128, count: 48))
    #expect(pictures.truth.area == 1)
    #expect(pictures.predictions == ["one": pictures.truth])
  }

  @Test func `an image that is not there is told in a line`() throws {
    let place = try TestFolder()
    let folder = try Self.comparison(place)
    guard case .failed(let trouble) = try Self.answer(folder, ImageKey("b.png")) else {
      Issue.record("it was found")
      return
    }
    #expect(trouble.source == .report(ImageKey("b.png")))
    #expect(!trouble.text.isEmpty && !trouble.text.contains("\n"))
  }

  @Test func `a report is made again or opened from one folder, which is a comparison's`() throws {
    for arguments in [
      ["--report"], ["--report", "a", "b"], ["--report", "--open", "a"],
      ["--open", "a", "--paper", "table1", "--data", "d"],
    ] {
      #expect(throws: (any Error).self) { try Aura.parseAsRoot(["compare"] + arguments) }
    }
    let place = try TestFolder()
    for option in ["--report", "--open"] {
      var command = try Aura.parseAsRoot(["compare", option, place.url.path])
      #expect(throws: ComparisonError.noComparison(place.url.path)) { try command.run() }
    }
    let folder = try Self.comparison(place)
    var command = try Aura.parseAsRoot(["compare", "--report", place.url.path])
    try command.run()
    #expect(FileManager.default.fileExists(atPath: folder.reportFile.path))
  }
}
