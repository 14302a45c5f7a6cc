import Imaging
import Objects
import Project
import Recipes
import Screen
import TestSupport
import Testing

@testable import Workbench

/// Cells for other programs, from the screen.
struct ExportTests {
  private static func proposed(columns: Int = 80, rows: Int = 24) -> Session {
    var session = Session(columns: columns, rows: rows)
    session.propose([(Session.key(0), 0.1)])
    // What is said of the proposals is read.
    session.time += 2
    session.press(.home)
    _ = session.takeEffects()
    return session
  }

  private static func outcome(proposed: Int = 0, isStopped: Bool = false) -> ExportOutcome {
    ExportOutcome(
      folder: "/p/export",
      [.init(folder: "png", files: 2, images: 2, cells: 9, proposedImages: proposed)],
      isStopped: isStopped, notices: ["'b' is left out"])
  }

  @Test func `without a cell there is nothing to export`() {
    var session = Session()
    session.type("E")
    #expect(session.screen.contains("no cells to export yet"))
    #expect(!session.screen.contains("Export cells"))
  }

  @Test func `E asks for formats and cells, shows how far it is and what came of it`() {
    var session = Self.proposed()
    session.type("E")
    #expect(session.screen.contains("[x] labels-tiff"))
    #expect(session.screen.contains("[x] csv"))
    #expect(session.screen.contains("[ ] geojson"))
    #expect(session.screen.contains("proposed and not reviewed, 1 image"))
    #expect(session.screen.contains("Not reviewed: 3 images, 1 of them with proposed cells."))
    session.press(.enter)
    #expect(session.takeEffects() == [.export(ExportOrder(.proposed))])
    #expect(session.screen.contains("writing ..."))
    session.send(.exporting(done: 3, of: 6))
    #expect(session.screen.contains("writing, 3 of 6"))
    session.send(.exported(Self.outcome(proposed: 1)))
    #expect(session.screen.contains("In /p/export:"))
    #expect(session.screen.contains("png: 2 files, 9 cells of 2 images"))
    #expect(session.screen.contains("cells of 1 image were proposed and not reviewed"))
    #expect(session.screen.contains("'b' is left out"))
    session.press(.escape)
    #expect(!session.screen.contains("Export cells"))
    #expect(session.takeEffects() == [])
  }

  @Test func `an export is stopped, or goes on behind the screen`() {
    var session = Self.proposed()
    session.type("E")
    session.press(.enter)
    session.press(.escape)
    #expect(session.takeEffects() == [.export(ExportOrder(.proposed)), .stopExport])
    session.send(.exported(Self.outcome(isStopped: true)))
    #expect(session.screen.contains("Stopped: what was whole by then is kept."))
    session.press(.enter)
    session.type("E")
    session.press(.enter)
    session.press(.enter)
    #expect(!session.screen.contains("Export cells"))
    session.send(.exporting(done: 1, of: 4))
    #expect(session.screen.contains("exporting"))
    session.type("E")
    #expect(session.screen.contains("writing, 1 of 4"))
    session.type("q")
    session.type("q")
    #expect(session.screen.contains("Cells are being exported"))
    session.type("n")
    session.send(.exported(Self.outcome()))
    #expect(session.screen.contains("9 cells of 2 images exported to '/p/export'."))
    session.time += 2
    session.type("E")
    #expect(session.screen.contains("[x] labels-tiff"))
    session.press(.enter)
    session.send(.failed(.export, "the disk is full"))
    #expect(session.screen.contains("the disk is full"))
    #expect(!session.screen.contains("Export cells"))
  }

  @Test func `Space ticks formats, a all of them, and a folder is typed`() {
    var session = Self.proposed()
    session.type("E ")
    #expect(session.screen.contains("[ ] labels-tiff"))
    session.type("j ")
    #expect(session.screen.contains("[x] png"))
    session.type("aa")
    session.press(.enter)
    #expect(session.screen.contains("Space ticks a format."))
    session.type("al")
    #expect(session.screen.contains("all, 1 image"))
    session.type("h")
    session.press(.up(shift: false))
    session.press(.up(shift: false))
    session.type("/t hjklaqx")
    session.press(.backspace)
    session.press(.enter)
    #expect(
      session.takeEffects() == [
        .export(ExportOrder(formats: CellFormat.all.map(\.name), .proposed, into: "/t hjklaq"))
      ])
    session.send(.exported(Self.outcome()))
    session.press(.enter)
    session.type("E")
    #expect(session.screen.contains("/t hjklaq"), "what was ordered last is offered")
  }

  @Test func `a click ticks a format and chooses whose cells`() {
    var session = Self.proposed()
    session.type("E")
    session.mouse(.press, .left, 10, 5)
    #expect(session.screen.contains("[x] png"))
    session.mouse(.press, .left, 10, 5)
    #expect(session.screen.contains("[ ] png"))
    session.mouse(.press, .left, 10, 12)
    #expect(session.screen.contains("< all, 1 image >"))
    session.mouse(.press, .left, 10, 12)
    #expect(session.screen.contains("< accepted, 0 images >"))
    session.press(.enter)
    #expect(session.screen.contains("No image has such cells"))
    #expect(session.takeEffects() == [])
  }

  @Test func `into a project to look at nothing is written, but into a folder that is typed`() {
    var session = Session()
    session.model = Model(
      projectName: "cells", entries: [ProjectEntry(key: Session.key(0), state: .accepted)],
      isReadOnly: true, copyFolder: "/home/me/cells", theme: .dark, colorDepth: .direct,
      size: Size(columns: 80, rows: 24))
    session.send(.tick(session.time))
    session.settle()
    _ = session.takeEffects()
    session.type("E")
    session.press(.enter)
    #expect(session.screen.contains("type a folder that you may write"))
    session.type("/out")
    session.press(.enter)
    #expect(session.takeEffects() == [.export(ExportOrder(into: "/out"))])
  }

  @Test func `the box fits the smallest window`() {
    var session = Self.proposed(columns: 60, rows: 16)
    session.type("E")
    #expect(session.screen.contains("[x] labels-tiff"))
    #expect(session.screen.contains("folder"))
    #expect(session.screen.contains("not now"))
  }
}
