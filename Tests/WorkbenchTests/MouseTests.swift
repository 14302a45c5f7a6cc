import Foundation
import Imaging
import Project
import Recipes
import Screen
import Testing
@testable import Workbench

/// The mouse on lists, pictures, tabs, hints and boxes.
@Suite struct MouseTests {
  /// The place of a text on the screen.
  static func place(of text: String, _ screen: String) throws -> Point {
    for (row, line) in screen.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let range = line.range(of: text) else { continue }
      return Point(column: line.distance(from: line.startIndex, to: range.lowerBound), row: row)
    }
    Issue.record("'\(text)' is not on the screen\n\(screen)")
    throw Missing()
  }

  struct Missing: Error {}

  /// Clicks on a text of the screen.
  static func click(_ session: inout Session, _ text: String) throws {
    let place = try Self.place(of: text, session.screen)
    session.mouse(.press, .left, place.column, place.row)
    session.mouse(.release, .left, place.column, place.row)
  }

  /// Lets some seconds pass.
  static func wait(_ session: inout Session) {
    session.time += 2
    session.send(.tick(session.time))
  }

  static func line(_ session: Session, _ row: Int) -> Substring {
    session.screen.split(separator: "\n")[row]
  }

  @Test func `the wheel scrolls a list and leaves the chosen image chosen, a key comes back to it`()
  {
    var session = Session(images: 60)
    #expect(Self.line(session, 2).hasPrefix("· img_0.png"))
    #expect(session.screen.contains("█"))
    session.mouse(.scrollDown, .none, 5, 5)
    session.mouse(.scrollDown, .none, 5, 5)
    #expect(Self.line(session, 2).hasPrefix("· img_6.png"))
    Self.wait(&session)
    #expect(Self.line(session, 2).hasPrefix("· img_6.png"))
    session.press(.down(shift: false))
    #expect(Self.line(session, 2).hasPrefix("· img_1.png"))
    for _ in 0..<60 { session.mouse(.scrollDown, .none, 5, 5) }
    #expect(Self.line(session, 21).hasPrefix("· img_59.png"))
    session.press(.enter)
    #expect(session.model.openImage == Session.key(1))
  }

  @Test func `two clicks open only if they are a double click`() {
    var session = Session(images: 9)
    session.mouse(.press, .left, 5, 4)
    Self.wait(&session)
    session.mouse(.press, .left, 5, 4)
    #expect(session.model.tab == .queue)
    session.mouse(.press, .left, 5, 4)
    #expect(session.model.openImage == Session.key(2))
  }

  @Test func `keys named at the bottom can be clicked, each for itself`() throws {
    var session = Session(images: 3, columns: 120)
    try Self.click(&session, "Enter open")
    #expect(session.model.openImage == Session.key(0))
    let tools = try Self.place(of: "b e f tool", session.screen)
    session.mouse(.press, .left, tools.column + 2, tools.row)
    #expect(session.screen.contains(">e eraser"))
    session.mouse(.press, .left, tools.column, tools.row)
    #expect(session.screen.contains(">b brush"))
    try Self.click(&session, "n N next")
    #expect(session.model.openImage == Session.key(1))
    try Self.click(&session, "? keys")
    #expect(session.screen.contains("Keys: Annotate"))
  }

  @Test func `a question is answered by a click, and one beside it changes nothing`() throws {
    var session = Session(images: 2)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("a")
    session.press(.end)
    session.type("r")
    session.mouse(.press, .left, 2, 2)
    #expect(session.screen.contains("Sure?"))
    try Self.click(&session, "n no")
    #expect(!session.screen.contains("Sure?") && session.decisions.count == 1)
    session.type("r")
    try Self.click(&session, "y yes")
    #expect(session.decisions.last?.state == .rejected)
  }

  @Test
  func `lines of the palette can be clicked, the wheel moves it, a click beside it closes it`()
    throws
  {
    var session = Session()
    session.press(.control("p"))
    session.type("training run")
    try Self.click(&session, "F4        training run")
    #expect(session.model.tab == .train)
    session.press(.control("p"))
    try Self.click(&session, "training run")
    #expect(session.model.tab == .train && !session.screen.contains("Commands:"))
    session.type("?")
    session.mouse(.press, .left, 0, 12)
    #expect(!session.screen.contains("type to filter"))
  }

  @Test func `a plan is changed at its brackets and started by its hint`() throws {
    var session = RunTests.labelled()
    session.type("g")
    _ = session.takeEffects()
    let size = try Self.place(of: "size     < 256 >", session.screen)
    session.mouse(.press, .left, size.column + 15, size.row)
    var recipe = Recipe()
    recipe.epochs = 40
    recipe.size = 320
    #expect(session.takeEffects() == [.planTraining(recipe)])
    try Self.click(&session, "Enter start")
    #expect(session.takeEffects() == [.startTraining(recipe)])
  }

  @Test func `the picture of the queue is zoomed and moved, and whole again for the next image`() {
    var session = Session(images: 3)
    let whole = view(session.model)
    for _ in 0..<5 { session.mouse(.scrollUp, .none, 60, 10) }
    let near = view(session.model)
    #expect(near != whole)
    session.mouse(.press, .left, 60, 10)
    session.mouse(.drag, .left, 20, 12)
    session.mouse(.release, .left, 20, 12)
    #expect(view(session.model) != near)
    session.type("jk")
    #expect(view(session.model) == whole)
  }

  @Test func `panes of review and report are zoomed and moved by mouse`() {
    var session = Session(images: 6)
    session.propose([(Session.key(0), 0.5)])
    session.type("a")
    session.press(.function(5))
    Self.zoomAndMove({ view(session.model) }) { session.mouse($0, $1, $2, $3) }
    var report = ReportSession()
    report.press(.enter)
    Self.zoomAndMove({ view(report.model) }) {
      report.send(.input(.mouse(Mouse($0, $1, at: Point(column: $2, row: $3)))))
    }
  }

  private static func zoomAndMove(
    _ shown: () -> Grid, _ mouse: (Mouse.Action, Mouse.Button, Int, Int) -> Void
  ) {
    let whole = shown()
    for _ in 0..<6 { mouse(.scrollUp, .none, 30, 8) }
    let near = shown()
    mouse(.press, .left, 30, 8)
    mouse(.drag, .left, 22, 6)
    mouse(.release, .left, 22, 6)
    let moved = shown()
    mouse(.drag, .left, 40, 9)
    #expect(near != whole && moved != near)
    #expect(shown() == moved)
  }

  @Test func `a recipe is chosen, hidden and opened by clicks`() {
    var session = ReportSession(columns: 120)
    func click(_ column: Int, _ row: Int) {
      session.send(.input(.mouse(Mouse(.press, .left, at: Point(column: column, row: row)))))
    }
    click(10, 5)
    #expect(session.screen.contains("unet+attention: attention-unet, start none"))
    session.press(.function(3))
    click(0, 3)
    #expect(!session.screen.split(separator: "\n")[3].hasPrefix("━"))
    session.press(.function(2))
    click(10, 3)
    click(10, 3)
    #expect(session.model.tab == .panes)
  }

  @Test func `a drag that leaves the picture is the picture's until the button is up`() {
    var session = Session(images: 3)
    for _ in 0..<5 { session.mouse(.scrollUp, .none, 60, 10) }
    session.mouse(.press, .left, 60, 10)
    session.mouse(.drag, .left, 30, 0)
    session.mouse(.release, .left, 30, 0)
    #expect(session.model.tab == .queue)
    session.mouse(.press, .left, 30, 0)
    #expect(session.model.tab == .train)
  }
}
