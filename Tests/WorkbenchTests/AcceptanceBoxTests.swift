import Imaging
import Project
import Screen
import TestSupport
import Testing
@testable import Workbench

/// Proposals that are accepted unseen, all at once.
struct AcceptanceBoxTests {
  /// Four images with proposals that are estimated at 0.9, 0.75, 0.3 and 0, and one without.
  private static func session() -> Session {
    var session = Session(images: 5)
    session.propose((0..<4).map { (Session.key($0), [0.1, 0.25, 0.7, 1][$0]) })
    session.press(.home)
    return session
  }

  @Test func `the queue begins with the mask that is estimated worst, an empty one before all`() {
    #expect(QueueTests.names(Self.session()) == ["img_3", "img_2", "img_1", "img_0", "img_4"])
  }

  @Test func `A says how many there are above a figure, and one key accepts them`() {
    var session = Self.session()
    session.type("A")
    #expect(session.screen.contains("estimated at 0.80 or more"))
    #expect(session.screen.contains("1 of 4"))
    #expect(session.takeEffects().isEmpty, "nothing is done before the answer")
    session.press(.down(shift: false))
    session.type("l")
    #expect(session.screen.contains("< 0.71 >") && session.screen.contains("2 of 4"))
    session.type("y")
    #expect(session.takeEffects() == [.acceptAbove(0.71)])
    #expect(!session.screen.contains("Accept without looking"))
  }

  @Test func `it is left without a trace, and has nothing to accept where none is so good`() {
    var session = Self.session()
    for key in [Key.escape, .character("n"), .character("q")] {
      session.type("A")
      session.press(key)
      #expect(session.takeEffects().isEmpty)
    }
    session.type("Akk")
    #expect(session.screen.contains("< 1.00 >") && session.screen.contains("0 of 4"))
    session.type("y")
    session.press(.enter)
    #expect(session.takeEffects().isEmpty)
    for _ in 0..<12 { session.press(.down(shift: false)) }
    #expect(session.screen.contains("< 0.01 >") && session.screen.contains("3 of 4"))
  }

  @Test func `a proposal that is drawn on is not counted, and without estimates nothing is asked`()
  {
    var session = Self.session()
    session.press(.end)
    session.press(.up(shift: false))
    session.press(.enter)
    session.type("b LL ")
    session.press(.function(2))
    session.type("A")
    #expect(session.screen.contains("0 of 4"))
    session.press(.escape)
    var other = Session(images: 2)
    other.send(
      .proposed(Session.key(0), ColouredCells(TiledLabels(Session.square)), uncertainty: 0.5))
    other.type("A")
    #expect(other.screen.contains("No proposal has an estimated quality"))
    #expect(!other.screen.contains("Accept without looking"))
  }

  @Test func `what was accepted is shown, and U takes it back`() {
    var session = Self.session()
    _ = session.takeEffects()
    session.proposals[Session.key(0)] = Session.square
    session.send(
      .acceptedAbove(
        [ProjectEntry(key: Session.key(0), state: .accepted, quality: 0.9, cells: 1)],
        "1 proposal accepted, 3 left; U in the queue takes them back."))
    session.settle()
    #expect(session.screen.contains("1 proposal accepted, 3 left"))
    #expect(session.screen.contains("1/5 done"))
    #expect(session.model.project?.list[Session.key(0)]?.state == .accepted)
    session.type("U")
    #expect(session.takeEffects() == [.takeBackAcceptance])
    session.send(
      .acceptedAbove([ProjectEntry(key: Session.key(0), state: .proposed, quality: 0.9)], nil))
    #expect(session.screen.contains("0/5 done"))
  }

  @Test func `a failure is told`() {
    var session = Session()
    session.send(.failed(.acceptance, "the disk is full"))
    #expect(session.screen.contains("the disk is full"))
  }
}
