import Imaging
import Project
import Recipes
import Screen
import TestSupport
import Testing
@testable import Workbench

/// Sessions at the annotate screen, key by key.
@Suite struct AnnotateTests {
  @Test func `a stroke by keyboard is recorded when the pen is lifted`() {
    var session = Session()
    session.press(.enter)
    session.type("b ")
    #expect(session.takeEffects() == [])
    session.press(.right(shift: true))
    #expect(session.takeEffects() == [])
    session.type(" ")
    let key = Session.key(0)
    let effects = session.takeEffects()
    #expect(effects.count == 1)
    guard case .record(.edit(let edit), key)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(edit.parts.map(\.label) == [1])
    // A pen of 6 pixels over 9 columns.
    #expect(edit.parts[0].runs.reduce(0) { $0 + $1.count } == 32 + 8 * 6)
    #expect(session.model.draft(of: key) == session.replayed(key))
  }

  @Test func `Escape drops the stroke in hand and nothing is recorded`() {
    var session = Session()
    session.press(.enter)
    session.type(" ")
    session.press(.down(shift: true))
    session.press(.escape)
    #expect(session.takeEffects() == [])
    #expect(session.model.draft(of: Session.key(0))?.area == 0)
  }

  @Test func `a drag with the left button draws and its release records`() {
    var session = Session()
    session.press(.enter)
    session.mouse(.press, .left, 20, 8)
    session.mouse(.drag, .left, 26, 10)
    session.mouse(.drag, .left, -4, 90)
    #expect(session.takeEffects() == [])
    session.mouse(.release, .left, 30, 12)
    let key = Session.key(0)
    #expect(session.takeEffects().count == 1)
    #expect((session.model.draft(of: key)?.area ?? 0) > 50)
    #expect(session.model.draft(of: key) == session.replayed(key))
  }

  @Test func `undo and redo are recorded and survive a restart`() {
    var session = Session()
    let key = Session.key(0)
    session.press(.enter)
    session.type(" LL ")
    let first = session.model.draft(of: key)
    session.type(" JJ ")
    session.type("u")
    #expect(session.model.draft(of: key) == first)
    session.type("u")
    #expect(session.model.draft(of: key)?.area == 0)
    session.press(.control("r"))
    #expect(session.model.draft(of: key) == first)
    var again = Session()
    again.strokes = session.strokes
    again.send(.loaded(key, again.loaded(key)))
    again.model = Session().model
    again.send(.loaded(key, again.loaded(key)))
    #expect(again.replayed(key) == first)
  }

  @Test func `flood fill fills a closed outline, and after the eraser clears a region`() {
    var session = Session()
    let key = Session.key(0)
    session.press(.enter)
    session.type("b[[[[[ LjjjjjjjjHkkkkkkkk ")
    let ring = session.model.draft(of: key)?.area ?? 0
    #expect(ring > 20)
    session.type("ljf ")
    #expect((session.model.draft(of: key)?.area ?? 0) == 81)
    session.type("ef ")
    #expect(session.model.draft(of: key)?.area == 0)
    #expect(session.model.draft(of: key) == session.replayed(key))
  }

  @Test func `accepting what was drawn from nothing is an acceptance, and the next image opens`() {
    var session = Session()
    let key = Session.key(0)
    session.press(.enter)
    session.type(" LL ")
    let draft = session.model.draft(of: key)
    _ = session.takeEffects()
    session.type("a")
    #expect(
      session.takeEffects() == [
        .decide(
          Decision(image: key, state: .accepted, time: session.time, score: nil),
          draft.map { TiledLabels($0) })
      ])
    #expect(session.model.entries[0].state == .accepted)
    #expect(session.model.openImage == Session.key(1))
  }

  @Test func `a proposal accepted as it is counts as accepted, changed by hand as corrected`() {
    var session = Session()
    session.propose([(Session.key(0), 0.2), (Session.key(1), 0.8), (Session.key(2), 0.5)])
    #expect(session.screen.contains("img_1.png"))
    // The one estimated worst is the first to be accepted once the list is gone through.
    session.press(.home)
    session.press(.enter)
    #expect(session.model.openImage == Session.key(1))
    _ = session.takeEffects()
    session.type("a")
    #expect(
      session.takeEffects() == [
        .decide(
          Decision(image: Session.key(1), state: .accepted, time: session.time, score: 0.8),
          TiledLabels(Session.square))
      ])
    #expect(session.model.openImage == Session.key(2))
    session.type(" L a")
    #expect(session.decisions.last?.state == .corrected)
    let key = Session.key(2)
    #expect(session.masks[key] == session.replayed(key))
    #expect(session.strokes[key]?.count == 2)
    session.type("r")
    #expect(session.decisions.last?.state == .rejected)
    #expect(session.masks[Session.key(0)] == nil)
  }

  @Test func `an empty draft is accepted only after a question`() {
    var session = Session()
    session.press(.enter)
    session.type("a")
    #expect(session.takeEffects() == [])
    #expect(session.screen.contains("without a cell"))
    session.type("n")
    #expect(session.takeEffects() == [])
    session.type("ay")
    #expect(session.decisions.last?.state == .accepted)
    #expect(session.masks[Session.key(0)]?.area == 0)
  }

  @Test func `Ctrl-C in the middle of a stroke records it and leaves`() {
    var session = Session()
    session.press(.enter)
    session.type(" L")
    session.send(.interrupted)
    let effects = session.takeEffects()
    #expect(effects.last == .quit)
    #expect(effects.count == 2)
    #expect(session.replayed(Session.key(0)).area > 0)
  }

  @Test func `y takes the proposal as a draft that can be undone`() {
    var session = Session()
    let key = Session.key(0)
    session.press(.enter)
    session.type(" L ")
    let drawn = session.model.draft(of: key)
    session.propose([(key, 0.4)])
    #expect(session.model.draft(of: key) == drawn)
    session.type("y")
    #expect(session.model.draft(of: key) == Session.square)
    session.type("u")
    #expect(session.model.draft(of: key) == drawn)
    #expect(session.model.draft(of: key) == session.replayed(key))
  }
}
