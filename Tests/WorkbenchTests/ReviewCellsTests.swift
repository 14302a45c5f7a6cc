import Imaging
import Project
import Recipes
import Testing

@testable import Screen
@testable import Workbench

/// Review by cells.
@Suite struct ReviewCellsTests {
  /// Cells as boxes, numbered from 1.
  static func cells(_ boxes: [PixelBox]) -> LabelImage {
    var cells = LabelImage(width: 32, height: 24)
    for (place, box) in boxes.enumerated() {
      for y in box.rows {
        cells.fill(
          y * 32 + box.columns.lowerBound..<y * 32 + box.columns.upperBound,
          with: LabelImage.Label(place + 1))
      }
    }
    return cells
  }

  static func box(_ columns: Range<Int>, _ rows: Range<Int>) -> PixelBox {
    PixelBox(columns: columns, rows: rows)
  }

  /// One found, one split, two merged, one missed.
  static let truth = cells([
    box(2..<8, 2..<6), box(12..<22, 2..<6), box(2..<6, 10..<14), box(6..<10, 10..<14),
    box(20..<24, 10..<14),
  ])
  /// The last is extra.
  static let predicted = cells([
    box(2..<8, 2..<6), box(12..<16, 2..<6), box(17..<20, 2..<6), box(2..<10, 10..<14),
    box(10..<14, 18..<22),
  ])

  static func reviewCase(_ truth: Annotation, _ cells: LabelImage?) -> ReviewCase {
    ReviewCase(
      image: Session.image(Session.key(1)), truth: truth, prediction: predicted.mask, cells: cells)
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
    session.send(.reviewLoaded(Session.key(1), reviewCase(Annotation(truth), predicted)))
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
    #expect(Self.reviewCase(Annotation(Self.truth.mask), Self.predicted).cells == nil)
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
