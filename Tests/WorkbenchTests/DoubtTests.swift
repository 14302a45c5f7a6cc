import Imaging
import Project
import Recipes
import Screen
import Testing

@testable import Workbench

/// Going through the cells of which the network is least sure.
@Suite struct DoubtTests {
  static let key = Session.key(0)
  static let cells = ReviewCellsTests.cells([
    ReviewCellsTests.box(2..<8, 2..<6), ReviewCellsTests.box(12..<18, 2..<6),
    ReviewCellsTests.box(2..<6, 10..<14),
  ])
  static let doubts: [LabelImage.Label: Double] = [1: 0.2, 2: 0.75, 3: 0.5]

  /// The annotate screen with a proposal.
  static func session(doubts: [LabelImage.Label: Double] = doubts) -> Session {
    var session = Session(images: 2, columns: 120, rows: 40)
    session.press(.home)
    session.press(.enter)
    session.send(
      .proposed(key, ColouredCells(TiledLabels(cells)), uncertainty: 0.4, doubts: doubts))
    session.settle()
    return session
  }

  @Test func `i goes through the proposed cells, the least certain first, and I back`() {
    var session = Self.session()
    for text in ["1/3 in doubt: cell 2, .75", "2/3 in doubt: cell 3, .50", "3/3 in doubt: cell 1"] {
      session.type("i")
      #expect(session.screen.contains(text), "\(text)")
    }
    session.type("i")
    #expect(session.screen.contains("1/3 in doubt: cell 2"))
    #expect(session.screen.contains(" in doubt .75"), "the panel says it of the cell under the pen")
    session.type("I")
    #expect(session.screen.contains("3/3 in doubt: cell 1, .20"))
  }

  @Test func `cells that were changed are passed over, and count again when that is undone`() {
    var session = Self.session()
    session.type("id")
    #expect(session.model.draft(of: Self.key)?.area == Self.cells.mask.area - 24)
    session.type("i")
    #expect(session.screen.contains("2/3 in doubt: cell 3"))
    session.type("I")
    #expect(session.screen.contains("3/3 in doubt: cell 1"))
    session.type("ui")
    #expect(session.screen.contains("1/3 in doubt: cell 2"))
    session.type("didid")
    session.type("i")
    #expect(session.screen.contains("No cell is left as it was proposed"))
  }

  @Test func `where it is not known how sure the network was, that is said`() {
    var session = Self.session(doubts: [:])
    session.type("i")
    #expect(session.screen.contains("How sure the network is of each cell is not known here"))
    var other = Session(images: 2)
    other.press(.enter)
    other.type("i")
    #expect(other.screen.contains("There is no proposal for this image yet"))
  }

  @Test func `doubts are of the proposal that is looked at`() {
    var open = OpenImage(
      image: Session.image(Self.key), accepted: nil, proposal: Self.cells, doubts: Self.doubts,
      strokes: [])
    #expect(open.doubt(of: 2) == nil)
    open.move(to: .proposed)
    #expect(open.doubt(of: 2) == 0.75 && open.doubt(of: 9) == nil)
    #expect(open.doubtfulCells == [2, 3, 1])
    open.propose(ColouredCells(TiledLabels(Self.cells)), doubts: [:])
    #expect(open.doubt(of: 2) == nil && open.doubtfulCells.isEmpty)
  }
}
