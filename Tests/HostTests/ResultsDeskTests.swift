import Dispatch
import Foundation
import Imaging
import Logging
import Objects
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import WorkflowTesting
import Workflows

@testable import Host

/// Cells of a project measured and exported behind the screen.
struct ResultsDeskTests {
  private static let (a, b) = (ImageKey("a.png"), ImageKey("b.png"))

  /// A project of two images of which the first has an accepted cell of seven pixels, with a desk.
  private struct Opened {
    let folder: TestFolder
    let store: ProjectStore
    let desk: ResultsDesk
    private let mailbox: Mailbox
    private let arrivals = DispatchSemaphore(value: 0)

    init() throws {
      folder = try TestFolder()
      for key in [a, b] { try folder.image("images/\(key.text)") }
      store = try ProjectStore.open(images: folder.url.appending(path: "images"))
      try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(7))
      mailbox = Mailbox { [arrivals] in arrivals.signal() }
      desk = ResultsDesk(
        store: store, mailbox: mailbox,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        recorder: Worker(name: "recorder"))
    }

    /// The next event that tells no progress, if it comes at all.
    func answer() -> Event? {
      while arrivals.wait(timeout: .now() + 20) == .success {
        for event in mailbox.drain() {
          switch event {
          case .measuring, .exporting: continue
          default: return event
          }
        }
      }
      return nil
    }

    func exported(_ order: ExportOrder) -> ExportOutcome? {
      desk.export(order)
      guard case .exported(let outcome) = answer() else { return nil }
      return outcome
    }
  }

  @Test(.mustEnd)
  func `accepted cells are measured, and the tables lie in the project`() throws {
    let opened = try Opened()
    opened.desk.measure(.accepted)
    guard case .measured(let measured) = opened.answer() else {
      Issue.record("nothing is measured")
      return
    }
    #expect(measured.key == nil)
    #expect(measured.images.map(\.name) == ["a.png"])
    #expect(measured.images.flatMap(\.cells).map(\.area) == [7])
    let folder = opened.store.folder.appending(path: "measures")
    #expect(measured.notes == ["Tables and figures in \(folder.path)"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "area-circularity.png", "area-circularity.svg", "area.png", "area.svg", "cells.csv",
        "images.csv",
      ])
    opened.desk.finish()
  }

  @Test(.mustEnd)
  func `an image is measured as it is shown, accepted or not`() throws {
    let opened = try Opened()
    opened.desk.measure(.shown(Self.b, TiledLabels(Mask.leading(3))))
    guard case .measured(let measured) = opened.answer() else {
      Issue.record("nothing is measured")
      return
    }
    #expect(measured.key == Self.b)
    #expect(measured.images.flatMap(\.cells).map(\.area) == [3])
    let table = opened.store.folder.appending(path: "measures/b-cells.csv")
    #expect(try String(contentsOf: table, encoding: .utf8).contains("\nb.png,1,3,"))
    opened.desk.measure(.shown(Self.b, TiledLabels(width: 2, height: 2)))
    guard case .failed(.measures, let text) = opened.answer() else {
      Issue.record("cells of another size are measured")
      return
    }
    #expect(text.contains("'b.png' is another image now"))
    opened.desk.finish()
  }

  @Test(.mustEnd)
  func `each format has a folder of its own, and nothing is replaced`() throws {
    let opened = try Opened()
    let order = ExportOrder(formats: ["png", "csv"], .all)
    let folder = opened.store.folder.appending(path: "export")
    let first = opened.exported(order)
    #expect(
      first
        == ExportOutcome(
          folder: folder.path,
          [
            .init(folder: "png", files: 1, images: 1, cells: 1, proposedImages: 0),
            .init(folder: "csv", files: 1, images: 1, cells: 1, proposedImages: 0),
          ]))
    let manifest = try String(
      contentsOf: folder.appending(path: "png/manifest.csv"), encoding: .utf8)
    #expect(manifest.contains("a.png,a-labels.png,accepted,1"))
    #expect(opened.exported(order)?.parts.map(\.folder) == ["png-2", "csv-2"])
    let typed = ExportOrder(formats: ["geojson"], into: opened.folder.path("out"))
    #expect(opened.exported(typed)?.folder == opened.folder.path("out"))
    #expect(
      FileManager.default.fileExists(atPath: opened.folder.path("out/geojson/a.geojson")))
    opened.desk.finish()
  }

  @Test(.mustEnd)
  func `where no image has such cells it is said`() throws {
    let opened = try Opened()
    opened.desk.export(ExportOrder(formats: ["png"], .proposed))
    guard case .failed(.export, _) = opened.answer() else {
      Issue.record("nothing is told")
      return
    }
    opened.desk.finish()
  }
}
