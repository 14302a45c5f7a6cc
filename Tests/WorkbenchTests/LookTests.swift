import Imaging
import Project
import Recipes
import Screen
import Testing
import Workbench

/// How the image in hand is looked at.
@Suite struct LookTests {
  static func opened(_ depth: ColorDepth = .direct) -> Session {
    var session = Session(depth: depth)
    session.press(.enter)
    return session
  }

  @Test func `the wheel zooms, a right drag moves the view, and nothing is drawn`() {
    var session = Self.opened()
    let whole = view(session.model)
    for _ in 0..<4 { session.mouse(.scrollUp, .none, 20, 8) }
    let near = view(session.model)
    #expect(near != whole)
    session.mouse(.press, .right, 30, 12)
    session.mouse(.drag, .right, 22, 10)
    session.mouse(.release, .right, 22, 10)
    let moved = view(session.model)
    #expect(moved != near)
    session.type("0")
    #expect(view(session.model) == whole)
    #expect(session.takeEffects() == [])
  }

  @Test func `the view follows the pen`() {
    var session = Self.opened()
    session.type("1+++++")
    for _ in 0..<20 { session.press(.left(shift: false)) }
    #expect(session.screen.contains("pen 0,12"))
    let pen = Theme.dark[.pen]
    let shown = view(session.model).cells.contains {
      $0.style.foreground == pen || $0.style.background == pen
    }
    #expect(shown)
  }

  @Test func `contrast, tint and outline can be changed and changed back`() {
    var session = Self.opened()
    session.type(" LL ")
    let first = view(session.model)
    for (key, back) in [
      ("c", "c"), ("<", ">"), (",", "."), (".", "C"), ("(", ")"), (")", "C"), ("m", "m"),
      ("x", "x"),
    ] {
      session.type(key)
      #expect(view(session.model) != first, "\(key)")
      session.type(back)
      #expect(view(session.model) == first, "\(back)")
    }
  }

  @Test func `the panel says what is black and white, and keys move both ends`() {
    var session = Self.opened()
    #expect(session.screen.contains("window 1000...1620"))
    session.type("..((")
    #expect(session.screen.contains("window 1062...1558"))
    session.mouse(.scrollUp, .none, 20, 8, control: true)
    #expect(session.screen.contains("window 1062...1589"))
    // Neither end passes the other.
    session.type(String(repeating: ".", count: 60))
    #expect(session.screen.contains("window 1558...1589"))
    session.type("C")
    #expect(session.screen.contains("window 1000...1620"))
    session.type("c")
    #expect(session.screen.contains("window 0...65535"))
    // Elsewhere it is said once it was changed.
    session.press(.function(2))
    #expect(session.screen.contains("window 0...65535"))
    session.type("c")
    #expect(!session.screen.contains("window"))
  }

  @Test(arguments: ColorDepth.allCases)
  func `mask and pen can be seen with any number of colours`(depth: ColorDepth) {
    var session = Self.opened(depth)
    let empty = view(session.model)
    session.type("l")
    let moved = view(session.model)
    #expect(empty.cells.map(\.character) != moved.cells.map(\.character) || depth != .none)
    #expect(empty != moved)
    session.type("h LL ")
    for _ in 0..<16 { session.press(.left(shift: false)) }
    let drawn = view(session.model)
    session.type("mx")
    let hidden = view(session.model)
    // The picture, without the panel that says the mask is hidden.
    let differing = zip(drawn.cells, hidden.cells).enumerated().filter { offset, pair in
      pair.0 != pair.1 && offset % 80 < 58
    }
    #expect(differing.count > 10)
  }

  @Test func `the agreement with a proposal is shown once something was drawn`() {
    var session = Self.opened()
    session.propose([(Session.key(0), 0.5)])
    #expect(!session.screen.contains("IoU proposal"))
    session.type("JJ J ")
    #expect(session.screen.contains("IoU proposal"))
  }

  @Test func `without colour too the contrast can be changed, and the full range be shown`() {
    var session = Self.opened(.none)
    let shown = { (session: Session) in
      Set(
        view(session.model).cells.map(\.character).filter { ("\u{2801}"..."\u{28FF}").contains($0) }
      )
    }
    let stretched = shown(session)
    session.type("<<<<")
    #expect(shown(session) != stretched)
    session.type(">>>>c")
    #expect(!shown(session).contains("\u{28FF}"))
  }

  @Test func `v shows the proposal and where the draft differs from it`() {
    var session = Self.opened()
    session.type("v")
    #expect(session.screen.contains("no proposal"))
    session.type(" L ")
    session.propose([(Session.key(0), 0.5)])
    session.press(.tab)
    let mask = view(session.model)
    session.type("v")
    let proposal = view(session.model)
    session.type("v")
    let difference = view(session.model)
    session.type("v")
    #expect(Set([mask, proposal, difference].map { screen in screen.cells }).count == 3)
    #expect(view(session.model).cells == mask.cells)
  }

  @Test func `a window made small and large again loses nothing`() {
    var session = Self.opened()
    session.type(" L")
    let before = view(session.model)
    for size in [(10, 3), (1, 1), (0, 0), (59, 16), (60, 16), (80, 24)] {
      session.send(.resized(Size(columns: size.0, rows: size.1)))
      _ = view(session.model)
    }
    #expect(view(session.model) == before)
    session.type(" ")
    #expect(session.takeEffects().count == 1)
  }
}
