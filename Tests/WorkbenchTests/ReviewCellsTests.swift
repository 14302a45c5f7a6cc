import Imaging
import Project
import Recipes
import TestSupport
import Testing

@testable import Screen
@testable import Workbench

/// Review by cells.
@Suite struct ReviewCellsTests {
  /// Cells as boxes, numbered from 1.
  static func cells(_ boxes: [PixelBox]) -> LabelImage {
    LabelImage(boxes: boxes, width: 32, height: 24)
  }

  static func box(_ columns: Range<Int>, _ rows: Range<Int>) -> PixelBox {
    PixelBox(columns: columns, rows: rows)
  }

  static let (truth, predicted) = (ReviewedCells.truth, ReviewedCells.predicted)

  static func reviewCase(_ truth: Annotation, _ cells: LabelImage?) -> ReviewCase {
    ReviewCase(
      image: Session.image(Session.key(1)), truth: truth, prediction: Self.predicted.mask,
      cells: cells)
  }

  /// A session that reviews by cells; its case is the first.
  static func opened(_ columns: Int = 120, _ rows: Int = 40, depth: ColorDepth = .direct) -> Session
  {
    var session = Session(images: 6, columns: columns, rows: rows, depth: depth)
    session.propose([(Session.key(0), 0.3)])
    session.press(.home)
    session.type("a")
    session.press(.function(5))
    session.send(
      .reviewed([
        ImageScore(
          image: Session.key(1), trainedOn: false,
          scores: Scores([.iou: 0.8, .averagePrecision50: 0.25, .cellF1: 0.4])),
        ImageScore(image: Session.key(2), trainedOn: true, scores: Scores([.iou: 0.9])),
      ]))
    session.settle()
    session.send(
      .reviewLoaded(
        Session.key(1), reviewCase(Annotation(Self.truth), Self.predicted)))
    session.settle()
    return session
  }

  @Test func `the heading says how well cells were found, the legend what became of them`() {
    let screen = Self.opened().screen
    #expect(
      screen.contains("1/2  img_1.png  IoU .80  AP50 .25  F1 .40  cells 5 of 5  not trained on"))
    for text in ["█1 miss", "▚1 extra", "▌1 split", "▀1 merge", "░1 ok"] {
      #expect(screen.contains(text), "\(text)")
    }
    #expect(screen.contains("Tab: 4 to look at"))
  }

  @Test func `Tab goes through the cells that were not found, in reading order, and around`() {
    var session = Self.opened()
    let whole = view(session.model)
    let texts = [
      "1/4 split: cell 2 in 2, IoU .40", "2/4 merged: cells 3 4, IoU .50", "3/4 missed: cell 5",
      "4/4 extra: cell 5",
    ]
    for text in texts {
      session.press(.tab)
      #expect(session.screen.contains(text), "\(text)")
    }
    session.press(.tab)
    #expect(session.screen.contains(texts[0]))
    session.press(.backTab)
    #expect(session.screen.contains(texts[3]))
    #expect(view(session.model) != whole)
  }

  @Test func `another case is looked at as a whole, from its first cell on`() {
    var session = Self.opened()
    session.press(.backTab)
    #expect(session.screen.contains("4/4 extra"))
    session.type("nN")
    #expect(session.screen.contains("Tab: 4 to look at"))
    session.press(.tab)
    #expect(session.screen.contains("1/4 split"))
  }

  @Test func `the list beside the panes names the cells, and a click looks at one`() throws {
    var session = Self.opened()
    let rows = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let title = try #require(rows.firstIndex { $0.hasPrefix("4 to look at") })
    #expect(rows[title + 1].prefix(34).contains("▌ split: cell 2 in 2"))
    #expect(rows[title + 2].prefix(34).contains("▀ merged: cells 3 4"))
    session.mouse(.press, .left, 5, title + 3)
    #expect(session.screen.contains("3/4 missed: cell 5"))
  }

  /// Where the pane of errors shows a pixel as it is looked at.
  static func place(of x: Int, _ y: Int, in session: Session) throws -> Point {
    let project = try #require(session.model.workspace as? WorkspaceModel<ProjectScreens>)
    let image = Session.image(Session.key(1))
    let viewport = project.screens.review.viewer.viewport(
      of: image, in: ReviewScreen.panes(project.window)[3].picture)
    return try #require(viewport.cell(ofPixelX: x, y: y)?.cell)
  }

  @Test(arguments: [
    (18, 3, "1/4 split: cell 2 in 2"), (13, 3, "1/4 split: cell 2 in 2"),
    (7, 12, "2/4 merged: cells 3 4"), (22, 12, "3/4 missed: cell 5"), (12, 20, "4/4 extra: cell 5"),
  ])
  func `a click on a cell in the pane of errors looks at it`(x: Int, y: Int, text: String) throws {
    var session = Self.opened()
    let place = try Self.place(of: x, y, in: session)
    session.mouse(.press, .left, place.column, place.row)
    #expect(!session.screen.contains(text), "nothing before the button comes up")
    session.mouse(.release, .left, place.column, place.row)
    #expect(session.screen.contains(text))
  }

  @Test func `a drag in the pane of errors chooses nothing, nor does a click on what is found`()
    throws
  {
    var session = Self.opened()
    let place = try Self.place(of: 22, 12, in: session)
    session.mouse(.press, .left, place.column, place.row)
    session.mouse(.drag, .left, place.column + 1, place.row)
    session.mouse(.drag, .left, place.column, place.row)
    session.mouse(.release, .left, place.column, place.row)
    #expect(session.screen.contains("Tab: 4 to look at"))
    let found = try Self.place(of: 4, 4, in: session)
    session.mouse(.press, .left, found.column, found.row)
    session.mouse(.release, .left, found.column, found.row)
    #expect(session.screen.contains("Tab: 4 to look at"))
    #expect(session.screen.contains("This cell is found."))
    session.type("v")
    session.mouse(.press, .left, place.column, place.row)
    session.mouse(.release, .left, place.column, place.row)
    session.type("v")
    #expect(session.screen.contains("Tab: 4 to look at"), "by pixels there is no cell")
  }

  @Test func `v shows the errors by pixels and back`() {
    var session = Self.opened()
    let cells = view(session.model)
    session.type("v")
    #expect(session.screen.contains("█ missed"))
    #expect(session.screen.contains("▚ wrong"))
    session.type("v")
    #expect(view(session.model) == cells)
  }

  @Test func `where cells are not told apart, errors are by pixels, and Tab says so`() {
    var session = Self.opened()
    session.type("n")
    #expect(session.screen.contains("▚ wrong"))
    #expect(!session.screen.contains("to look at"))
    session.press(.tab)
    #expect(session.screen.contains("Cells are not told apart here"))
  }

  @Test func `masks, single cells and cells of another size are not compared cell by cell`() {
    let told = Annotation(Self.truth)
    #expect(Self.reviewCase(told, Self.predicted).cells?.failures.count == 4)
    #expect(Self.reviewCase(told, nil).cells == nil)
    #expect(
      Self.reviewCase(Annotation(Self.truth.mask), Self.predicted).cells == nil)
    #expect(Self.reviewCase(told, LabelImage(width: 3, height: 3)).cells == nil)
    let one = Self.cells([Self.box(2..<8, 2..<6)])
    #expect(Self.reviewCase(Annotation(one), one).cells == nil)
  }

  @Test(arguments: [ColorDepth.direct, .none])
  func `each kind has its pattern, with colours and without`(depth: ColorDepth) throws {
    let open = Self.reviewCase(Annotation(Self.truth), Self.predicted)
    let cells = try #require(open.cells)
    let view = Viewport(fitting: 32, 24, in: Rect(column: 0, row: 0, columns: 32, rows: 12))
    let paint = PicturePaint(
      open.shown, overlay: .outcomes(OutcomePaint(cells, .dark, in: view)), theme: .dark,
      depth: depth, contrast: Contrast())
    func color(_ x: Int, _ y: Int) -> RGB {
      paint.color(PictureArea(xs: x..<x + 1, ys: y..<y + 1))
    }
    let white = RGB(255, 255, 255)
    func ink(_ role: Role) -> RGB { depth == .none ? white : Theme.dark[role] }
    // Missed cells are full.
    #expect(color(20, 10) == ink(.falseNegative) && color(21, 10) == ink(.falseNegative))
    // Extra ones are checked.
    #expect(color(10, 18) != ink(.falsePositive) && color(11, 18) == ink(.falsePositive))
    #expect(color(10, 19) == ink(.falsePositive))
    // Split ones are striped from top to bottom, also where no piece lies.
    #expect(color(12, 3) == ink(.split) && color(12, 4) == ink(.split))
    #expect(color(13, 3) != ink(.split) && color(20, 4) == ink(.split))
    // Merged ones are striped from side to side, with a line where the true cells meet.
    #expect(color(3, 10) == ink(.merged) && color(4, 10) == ink(.merged))
    #expect(color(3, 11) != ink(.merged) && color(5, 10) != ink(.merged))
    // Those that were found are tinted.
    #expect(color(3, 3) != color(30, 3) && color(3, 3) != ink(.truePositive))
  }
}
