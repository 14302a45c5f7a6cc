import Imaging
import Project
import Recipes
import Screen
import Testing
@testable import Workbench

/// Sessions in the review.
@Suite struct ReviewTests {
  static func opened(_ columns: Int = 120, _ rows: Int = 40) -> Session {
    var session = Session(images: 6, columns: columns, rows: rows)
    session.propose([(Session.key(0), 0.3)])
    session.press(.home)
    session.type("a")
    _ = session.takeEffects()
    session.press(.function(5))
    return session
  }

  @Test func `cases not trained on come first, each group the worst first`() {
    let session = Self.opened()
    #expect(
      QueueTests.names(session).dropFirst().map { String($0) } == [
        "img_1", "img_0", "img_5", "img_4", "img_3", "img_2",
      ])
    let lines = session.screen.split(separator: "\n").map { $0.prefix(34) }
    #expect(lines[2].hasPrefix("not trained on "))
    #expect(lines[5].hasPrefix("trained on "))
    #expect(session.effects.first == .review)
  }

  @Test func `n goes to the next case and e opens it for correction`() {
    var session = Self.opened()
    session.type("nn")
    #expect(session.screen.contains("3/6  img_5.png  IoU .40  trained on"))
    session.type("e")
    #expect(session.model.tab == .annotate)
    #expect(session.model.openImage == Session.key(5))
  }

  @Test func `after a correction the review goes on with the next failure`() {
    var session = Self.opened()
    session.type("e L a")
    #expect(session.model.tab == .review)
    #expect(session.decisions.last?.image == Session.key(1))
    #expect(session.screen.contains("2/6  img_0.png"))
    session.type("eq")
    #expect(session.model.tab == .review)
    #expect(session.screen.contains("2/6  img_0.png"))
    session.press(.function(2))
    session.press(.enter)
    session.type("q")
    #expect(session.model.tab == .queue)
  }

  @Test func `who leaves a correction for the queue does not go back to the review`() {
    var session = Self.opened()
    session.type("e")
    session.press(.function(2))
    session.press(.function(3))
    session.type("q")
    #expect(session.model.tab == .queue)
  }

  @Test func `after the last failure the review says so`() {
    var session = Self.opened()
    session.press(.end)
    session.type("e L a")
    #expect(session.model.tab == .review)
    #expect(session.screen.contains("the last case of the review"))
  }

  @Test func `a click chooses the case on its line, none on a heading`() {
    var session = Self.opened()
    session.mouse(.press, .left, 5, 5)
    #expect(session.screen.contains("1/6  img_1.png"))
    session.mouse(.press, .left, 5, 6)
    #expect(session.screen.contains("3/6  img_5.png"))
  }

  @Test func `all panes are zoomed and moved together`() {
    var session = Self.opened()
    let before = view(session.model)
    session.type("+++l")
    let after = view(session.model)
    #expect(before != after)
    session.type("0")
    #expect(view(session.model) == before)
  }

  @Test func `new weights make the cases be computed again`() {
    var session = Self.opened()
    session.press(.function(2))
    _ = session.takeEffects()
    session.press(.function(5))
    #expect(!session.takeEffects().contains(.review))
    session.send(
      .training(.finished(RunOutcome(epochs: 4, bestEpoch: 2, wasStopped: false, weights: nil))))
    session.press(.function(2))
    session.press(.function(5))
    #expect(session.takeEffects().contains(.review))
  }

  @Test func `a case whose masks do not fit is said, not drawn`() {
    var session = Self.opened()
    session.type("nR")
    let key = Session.key(1)
    session.send(
      .reviewLoaded(
        key,
        ReviewCase(
          image: Session.image(key), truth: Annotation(Mask(width: 3, height: 3)),
          prediction: Mask(width: 32, height: 24))))
    _ = view(session.model)
  }
}
