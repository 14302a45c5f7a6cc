import Imaging
@testable import Project
import Recipes
import Screen
import TestSupport
import Testing
@testable import Workbench

/// Drafts over what was accepted or proposed before: nothing of it is ever out of reach.
@Suite struct DraftTests {
  static let key = Session.key(0)

  /// An accepted mask without a stroke, as a folder of imported masks gives it.
  static func accepted(
    _ accepted: Mask = mask, strokes: [Stroke] = [], proposal: Mask? = Session.square
  ) -> Session {
    let entries = (0..<3).map {
      ProjectEntry(key: Session.key($0), state: $0 == 0 ? .accepted : .new)
    }
    var session = Session()
    session.model = Model(
      projectName: "cells", entries: entries, theme: .dark, colorDepth: .direct,
      size: Size(columns: 80, rows: 24))
    session.masks[key] = accepted
    session.proposals[key] = proposal
    session.strokes[key] = strokes
    session.send(.tick(session.time))
    session.settle()
    session.press(.end)
    session.press(.enter)
    _ = session.takeEffects()
    return session
  }

  static let mask: Mask = {
    var mask = Mask(width: 32, height: 24)
    mask.fill(40..<60, with: true)
    mask.fill(700..<720, with: true)
    return mask
  }()

  @Test func `undoing a proposal taken over an accepted mask shows the accepted mask`() {
    var session = Self.accepted()
    #expect(session.model.draft(of: Self.key) == Self.mask)
    session.type("y")
    #expect(session.model.draft(of: Self.key) == Session.square)
    session.type("u")
    #expect(session.model.draft(of: Self.key) == Self.mask)
    #expect(session.screen.contains("undo 0 redo 1"))
    #expect(session.screen.contains("this is the accepted mask"))
    session.press(.control("r"))
    #expect(session.model.draft(of: Self.key) == Session.square)
    session.type("uu")
    #expect(session.model.draft(of: Self.key) == Self.mask)
    #expect(session.screen.contains("Nothing to undo"))
  }

  @Test func `a stroke on an accepted mask is one step, and undoing ends at that mask`() {
    var session = Self.accepted()
    session.type("b LL ")
    let drawn = session.model.draft(of: Self.key)
    #expect(drawn != Self.mask && session.screen.contains("undo 1 redo 0"))
    session.type("u")
    #expect(session.model.draft(of: Self.key) == Self.mask)
    session.type("u")
    #expect(session.model.draft(of: Self.key) == Self.mask)
    session.press(.control("r"))
    #expect(session.model.draft(of: Self.key) == drawn)
    session.type("ub J u")
    #expect(session.model.draft(of: Self.key) == Self.mask)
    let again = Self.accepted(strokes: session.strokes[Self.key] ?? [])
    #expect(again.model.draft(of: Self.key) == Self.mask)
  }

  @Test func `after a restart undoing still ends at the accepted mask`() {
    for keys in ["y", "b LL ", "e[[[[[[[[[[[[ LL ", "yb LL y"] {
      var before = Self.accepted()
      before.type(keys)
      let drawn = before.model.draft(of: Self.key)
      var session = Self.accepted(strokes: before.strokes[Self.key] ?? [])
      #expect(session.model.draft(of: Self.key) == drawn, "\(keys)")
      for _ in 0..<4 { session.type("u") }
      #expect(session.model.draft(of: Self.key) == Self.mask, "\(keys)")
      for _ in 0..<4 { session.press(.control("r")) }
      #expect(session.model.draft(of: Self.key) == drawn, "\(keys)")
    }
  }

  @Test func `strokes of a session that took a proposal from nothing do not hide a mask`() {
    let taken = MaskEdit(
      from: TiledMask(width: 32, height: 24), to: TiledMask(Session.square))
    let session = Self.accepted(strokes: [.editMask(taken), .undo])
    #expect(session.model.draft(of: Self.key) == Self.mask)
  }

  @Test func `an accepted mask erased to nothing can be had back`() {
    var one = Mask(width: 32, height: 24)
    one.fill(12 * 32 + 16..<12 * 32 + 17, with: true)
    var session = Self.accepted(one)
    session.type("e  ")
    #expect(session.model.draft(of: Self.key)?.area == 0)
    session.type("u")
    #expect(session.model.draft(of: Self.key) == one)
    session.press(.control("r"))
    session.type("b LLL y")
    for _ in 0..<5 { session.type("u") }
    #expect(session.model.draft(of: Self.key) == one)
  }

  @Test func `a proposal that arrives never changes a draft`() {
    var session = Session()
    session.press(.enter)
    // A stroke in hand, then one that stands, then one that was taken as the draft.
    session.type(" LL")
    session.propose([(Self.key, 0.4)])
    session.type(" ")
    let drawn = session.model.draft(of: Self.key)
    #expect(drawn == session.replayed(Self.key))
    session.propose([(Self.key, 0.4)])
    #expect(session.model.draft(of: Self.key) == drawn)
    session.type("y")
    session.send(.proposed(Self.key, ColouredCells(TiledLabels(Self.mask)), uncertainty: 0.1))
    #expect(session.model.draft(of: Self.key) == Session.square)
    #expect(session.replayed(Self.key) == Session.square)
  }

  @Test func `y on a proposal that is looked at holds it against the next one`() {
    var session = Session()
    session.propose([(Self.key, 0.4)])
    session.press(.home)
    session.press(.enter)
    session.type("y")
    session.send(.proposed(Self.key, ColouredCells(TiledLabels(Self.mask)), uncertainty: 0.1))
    #expect(session.model.draft(of: Self.key) == Session.square)
    session.type("u")
    #expect(session.model.draft(of: Self.key) == Self.mask)
  }

  @Test func `y on a proposal that is looked at is a step of its own, also after a restart`() {
    var session = Session()
    session.propose([(Self.key, 0.4)])
    session.press(.home)
    session.press(.enter)
    session.type("y")
    #expect(session.screen.contains("undo 1 redo 0"))
    session.type("b LL ")
    let drawn = session.model.draft(of: Self.key)
    #expect(session.screen.contains("undo 2 redo 0"))
    session.type("u")
    #expect(session.screen.contains("undo 1 redo 1"))
    #expect(session.model.draft(of: Self.key) == Session.square)
    session.press(.control("r"))
    var again = Self.accepted(strokes: session.strokes[Self.key] ?? [])
    #expect(again.screen.contains("undo 2 redo 0"))
    #expect(again.model.draft(of: Self.key) == drawn)
    again.type("uu")
    #expect(again.screen.contains("undo 0 redo 2"))
    #expect(again.model.draft(of: Self.key) == Self.mask)
  }

  @Test func `a stroke that was accepted is a step, and the one after it another`() {
    var session = Session()
    session.press(.enter)
    session.type(" LL a")
    session.press(.function(2))
    session.press(.end)
    session.press(.enter)
    #expect(session.model.openImage == Self.key)
    #expect(session.screen.contains("undo 1 redo 0"))
    session.type(" J ")
    #expect(session.screen.contains("undo 2 redo 0"))
    session.type("u")
    #expect(session.screen.contains("undo 1 redo 1"))
  }

  @Test func `a proposal for an accepted image leaves its mask as it is`() {
    var session = Self.accepted(proposal: nil)
    session.propose([(Self.key, 0.4)])
    #expect(session.model.draft(of: Self.key) == Self.mask)
    #expect(session.model.entries[0].state == .accepted)
  }
}
