import Imaging
import Project
import Screen
import TestSupport
import Testing

@testable import Workbench

/// Drawing into other cells, where that is asked for.
@Suite struct OverwritingTests {
  /// A bar from side to side, accepted, with a brush of one pixel above its middle.
  static func bar() -> Session {
    var mask = Mask(width: 32, height: 24)
    mask.fill(12 * 32 + 4..<12 * 32 + 28, with: true)
    var session = DraftTests.accepted(mask)
    session.type("b[[[[[K")
    _ = session.takeEffects()
    return session
  }

  static func areas(_ session: Session) -> [UInt16: Int] {
    session.drafts(DraftTests.key).labels.cells.mapValues(\.area)
  }

  @Test func `a stroke across a cell leaves it whole and stays on its side`() {
    var session = Self.bar()
    session.type(" JJ")
    session.press(.enter)
    #expect(Self.areas(session) == [1: 24, 2: 8])
    #expect(!session.screen.contains("O others"))
  }

  @Test func `where it is asked for a stroke goes through, and what it cuts off are cells`() {
    var session = Self.bar()
    session.type("O")
    #expect(session.screen.contains("pen up O others"))
    session.type(" JJ")
    session.press(.enter)
    #expect(Self.areas(session) == [1: 12, 2: 17, 3: 11])
    #expect(session.screen.contains("undo 1 redo 0"))
    session.type("u")
    #expect(session.model.draft(of: DraftTests.key)?.area == 24)
    #expect(session.screen.contains("undo 0 redo 1"))
    session.type("O")
    #expect(!session.screen.contains("O others"))
  }

  @Test func `a lasso takes what it encloses where it is asked for`() {
    var session = Self.bar()
    session.type("Ot L")
    session.type("JJ")
    session.type("H")
    session.press(.enter)
    // Columns 16 to 24 of the rows 4 to 20, those of the bar among them.
    #expect(Self.areas(session) == [1: 12, 2: 153, 3: 3])
  }

  @Test func `with Ctrl the mouse draws into other cells, that stroke alone`() {
    for control in [false, true] {
      var session = Self.bar()
      for (action, row) in [(Mouse.Action.press, 4), (.drag, 11), (.release, 18)] {
        session.mouse(action, .left, 30, row, control: control)
      }
      let areas = Self.areas(session)
      #expect((areas[1] == 24) == !control, "\(areas)")
      #expect(areas.count == (control ? 3 : 2))
      #expect(!session.screen.contains("O others"))
    }
  }
}
