import Imaging
import Objects
import Project
import Recipes
import Screen
import TestSupport
import Testing

@testable import Workbench

/// Histogram and scatter plot of the cells, over the screen.
struct MeasuresTests {
  private static let cells = LabelImage(width: 4, height: 2, labels: [1, 1, 1, 0, 1, 1, 1, 0])

  /// A session on the annotate screen with a proposal of one cell.
  private static func annotating() -> Session {
    var session = Session(images: 1)
    session.propose([(Session.key(0), 0.1)])
    // What is said of the proposals is read.
    session.time += 2
    session.press(.home)
    session.press(.enter)
    _ = session.takeEffects()
    return session
  }

  private static func measured(
    _ cells: LabelImage, of key: ImageKey?, pixelSize: ImageContents.PixelSize? = nil,
    notes: [String] = []
  ) -> Event {
    let image = MeasuredImage(key?.text ?? "a", cells: cells, pixelSize: pixelSize)
    return .measured(MeasuredCells([image], of: key, notes: notes))
  }

  @Test func `M on the annotate screen measures the image in hand as it is shown`() {
    var session = Self.annotating()
    session.type("M")
    #expect(
      session.takeEffects() == [.measure(.shown(Session.key(0), TiledLabels(Session.square)))])
    #expect(session.screen.contains("Measures: img_0.png as it is shown"))
    #expect(session.screen.contains("measuring ..."))
    session.send(Self.measured(LabelImage(piecesOf: Session.square), of: Session.key(0)))
    #expect(session.screen.contains("1 cell, 12 % of the image"))
    #expect(session.screen.contains("Area (px²): n 1, mean 96, median 96"))
    #expect(session.screen.contains("Cells by Area (px²)"))
    #expect(session.screen.contains("Circularity over Area (px²)"))
    session.type("l")
    #expect(session.screen.contains("Cells by Perimeter (px)"))
    session.type("hh")
    #expect(session.screen.contains("Neighbours: n 1, mean 0, median 0"))
    session.type("j")
    #expect(session.screen.contains("Largest Feret diameter (px): n 1"))
    session.press(.escape)
    #expect(!session.screen.contains("Measures:"))
    #expect(session.takeEffects() == [])
  }

  @Test func `elsewhere all accepted cells are measured, and i looks at the chosen image`() {
    var session = Session(images: 1)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("a")
    _ = session.takeEffects()
    session.type("M")
    #expect(session.takeEffects() == [.measure(.accepted)])
    session.send(.measuring(done: 3, of: 20))
    #expect(session.screen.contains("measuring, 3 of 20"))
    let note = "Tables and figures in /p/measures"
    session.send(Self.measured(Self.cells, of: nil, notes: [note]))
    #expect(session.screen.contains("Measures: all accepted cells"))
    #expect(session.screen.contains("1 cell of 1 image"))
    #expect(session.screen.contains(note))
    session.type("i")
    guard case .measure(.shown(let key, _))? = session.takeEffects().first else {
      Issue.record("no image is measured")
      return
    }
    #expect(session.screen.contains("Measures: \(key) as it is shown"))
    session.send(Self.measured(LabelImage(width: 32, height: 24), of: key))
    #expect(session.screen.contains("Area (px²): no cell has a value"))
    session.press(.tab)
    #expect(session.takeEffects() == [], "what is measured is kept")
    #expect(session.screen.contains(note))
  }

  @Test func `micrometres are shown where they are known, and u shows pixels`() throws {
    var session = Session(images: 1)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("aM")
    let size = try #require(ImageContents.PixelSize(x: 2, y: 2))
    session.send(Self.measured(Self.cells, of: nil, pixelSize: size))
    #expect(session.screen.contains("Area (µm²): n 1, mean 24, median 24"))
    session.type("u")
    #expect(session.screen.contains("Area (px²): n 1, mean 6, median 6"))
    session.send(Self.measured(Self.cells, of: nil))
    #expect(!session.screen.contains("um, pixels"))
  }

  @Test func `closing ends what is being measured, and a failure closes the box`() {
    var session = Self.annotating()
    session.type("M")
    _ = session.takeEffects()
    session.press(.escape)
    #expect(session.takeEffects() == [.stopMeasuring])
    session.send(Self.measured(Self.cells, of: Session.key(0)))
    #expect(!session.screen.contains("Measures:"))
    session.type("M")
    session.send(.failed(.measures, "'img_0.png' cannot be read"))
    #expect(!session.screen.contains("Measures:"))
    #expect(session.screen.contains("'img_0.png' cannot be read"))
  }

  @Test func `the wheel changes the measure of the plot under it, and a click shows the next`() {
    var session = Self.annotating()
    session.type("M")
    session.send(Self.measured(LabelImage(piecesOf: Session.square), of: Session.key(0)))
    session.mouse(.scrollDown, .none, 10, 10)
    #expect(session.screen.contains("Cells by Perimeter (px)"))
    session.mouse(.scrollUp, .none, 10, 10)
    #expect(session.screen.contains("Cells by Area (px²)"))
    session.mouse(.press, .left, 60, 10)
    #expect(session.screen.contains("Largest Feret diameter (px): n 1"))
  }

  @Test(arguments: [(60, 16), (80, 24), (200, 60)])
  func `the box fits any window`(columns: Int, rows: Int) {
    var session = Session(images: 1, columns: columns, rows: rows)
    session.propose([(Session.key(0), 0.1)])
    session.press(.home)
    session.type("aM")
    session.send(Self.measured(Self.cells, of: nil, notes: Array(repeating: "a note", count: 9)))
    #expect(session.screen.contains("Area (px²): n 1"))
    #expect(session.screen.contains("close"))
  }
}
