import Files
import Comparison
import Dispatch
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import WorkflowTesting

@testable import Host

@Suite struct ReportDeskTests {
  private static let key = ImageKey("a.png")

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
    let folder = try ComparisonFolder.withOnePrediction(in: place)
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
    let folder = try ComparisonFolder.withOnePrediction(in: place)
    guard case .failed(let trouble, let text) = try Self.answer(folder, ImageKey("b.png")) else {
      Issue.record("it was found")
      return
    }
    #expect(trouble == .report(ImageKey("b.png")))
    #expect(!text.isEmpty && !text.contains("\n"))
  }
}
