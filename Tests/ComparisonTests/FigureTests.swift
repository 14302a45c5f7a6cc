import Recipes
@testable import Comparison
import Foundation
import FoundationXML
import Imaging
import Testing

struct FigureTests {
  @Test func `every letter of ASCII differs from every other`() {
    var seen: [[UInt8]: Character] = [:]
    for code in UInt8(32)..<127 {
      let letter = Character(UnicodeScalar(code))
      let columns = BitmapFont.columns(of: letter)
      #expect(columns.count == 5)
      #expect(seen[columns] == nil, "\(letter) looks like \(seen[columns] ?? " ")")
      seen[columns] = letter
    }
    #expect(seen.count == 95)
    #expect(BitmapFont.columns(of: "\u{E9}") == [0x7F, 0x41, 0x41, 0x41, 0x7F])
  }

  @Test func `a letter is drawn at its place and cut off at the edge`() {
    var canvas = Canvas(width: 8, height: 9)
    canvas.write("I", x: 1, y: 1, .black, scale: 1)
    #expect(canvas[2, 1] == .black && canvas[3, 4] == .black && canvas[4, 7] == .black)
    #expect(canvas[1, 1] == .white && canvas[3, 0] == .white && canvas[3, 8] == .white)
    canvas.write("WWWW", x: -9, y: -3, .black)
    canvas.fill(PixelRect(x: 6, y: 7, width: 100, height: 100), .missed)
    #expect(canvas[7, 8] == .missed)
  }

  @Test func `a picture is averaged down and repeated up`() {
    var canvas = Canvas(width: 4, height: 2)
    canvas.draw((4, 4), in: PixelRect(x: 0, y: 0, width: 2, height: 2)) { x, _ in
      Ink(grey: x % 2 == 0 ? 0 : 100)
    }
    #expect(canvas[0, 0] == Ink(grey: 50) && canvas[1, 1] == Ink(grey: 50))
    #expect(canvas[2, 0] == .white)
    canvas.draw((1, 1), in: PixelRect(x: 0, y: 0, width: 4, height: 2)) { _, _ in .black }
    #expect(canvas[3, 1] == .black)
  }

  @Test func `a logarithmic axis has round numbers within its ends`() {
    for (low, high) in [(0.02, 0.9), (0.5, 0.6), (1e-4, 300), (0.3, 0.3), (0.99, 1.02)] {
      let axis = LogAxis(low: low, high: high)
      for tick in axis.ticks { #expect((-1e-9...1 + 1e-9).contains(axis.place(of: tick))) }
      #expect(axis.place(of: low) >= -1e-9 && axis.place(of: high) <= 1 + 1e-9)
      #expect(axis.ticks.count < 30)
    }
    #expect(
      LogAxis(low: 0.02, high: 0.9).ticks.map(LogAxis.text) == [
        "0.02", "0.05", "0.1", "0.2", "0.5",
      ])
    #expect(LogAxis.text(100) == "100" && LogAxis.text(0.001) == "0.001")
    #expect(LinearTicks.ticks(to: 100, most: 6) == [0, 20, 40, 60, 80, 100])
    #expect(LinearTicks.ticks(to: 3, most: 6) == [0, 1, 2, 3])
    #expect(LinearTicks.ticks(to: .nan, most: 6) == [0])
  }

  /// What an XML parser finds in an SVG text.
  private struct Drawing {
    let lines: [(stroke: String, points: [(x: Double, y: Double)])]
    let texts: [String]
    let isWellFormed: Bool

    init(_ svg: String) {
      let parser = XMLParser(data: Data(svg.utf8))
      let reader = Reader()
      parser.delegate = reader
      isWellFormed = parser.parse()
      lines = reader.lines
      texts = reader.texts
    }

    private final class Reader: NSObject, XMLParserDelegate {
      var lines: [(stroke: String, points: [(x: Double, y: Double)])] = []
      var texts: [String] = []

      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
      ) {
        if name == "text" { texts.append("") }
        guard name == "polyline" else { return }
        let points = (attributes["points"] ?? "").split(separator: " ").map { pair in
          let numbers = pair.split(separator: ",").compactMap { Double($0) }
          return (x: numbers.first ?? .nan, y: numbers.last ?? .nan)
        }
        lines.append((attributes["stroke"] ?? "", points))
      }

      func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !texts.isEmpty, string != "\n" { texts[texts.count - 1] += string }
      }
    }
  }

  private func drawing(_ points: [(x: Double, y: Double)], label: String = "a") -> Drawing {
    Drawing(
      CurveFigure(
        panels: [
          CurveFigure.Panel(
            title: "loss",
            curves: [CurveFigure.Curve(ink: .missed, dash: nil, points: points)])
        ], labels: [CurveFigure.Label(text: label, ink: .missed, dash: 7)]
      ).svg)
  }

  @Test func `curves are well-formed SVG with ticks, a legend, and a lower loss lower`() throws {
    let drawing = drawing([(1, 1), (50, 0.1), (60, .nan), (99, 0.01), (100, 0.02)])
    #expect(drawing.isWellFormed)
    #expect(drawing.texts.contains("loss") && drawing.texts.contains("epoch"))
    #expect(drawing.texts.contains("0.1") && drawing.texts.contains("60"))
    #expect(drawing.texts.last == "a")
    let curves = drawing.lines.filter { $0.stroke == "#3a9bdc" }.map(\.points)
    #expect(curves.map(\.count) == [2, 2, 2], "two parts, and the legend's line")
    let (left, right) = (try #require(curves[0].first), try #require(curves[1].first))
    #expect(left.y + 250 < right.y && left.x + 400 < right.x)
  }

  @Test(arguments: ["<b> & \"c\"", "\u{1}\u{FFFE}", "\u{E9}\u{1F600}", "]]>"])
  func `a name of any letters keeps the picture well-formed`(name: String) {
    let found = drawing([(1, 1)], label: name)
    #expect(found.isWellFormed && found.texts.count > 3)
    // Of no number there is no curve, and no trap.
    for points in [[], [(1, 0), (2, -1)], [(1, .infinity)]] as [[(x: Double, y: Double)]] {
      let empty = drawing(points)
      #expect(empty.isWellFormed && empty.texts.contains("no values"))
    }
  }

  @Test func `names are wrapped where they are joined`() {
    #expect(
      PanelFigure.wrapped("unet+resnet+attention", width: 160) == ["unet+resnet+", "attention"])
    #expect(PanelFigure.wrapped("aura-net", width: 160) == ["aura-net"])
    #expect(PanelFigure.wrapped("abcdefghijklmnop", width: 160) == ["abcdefghijklm", "nop"])
    #expect(PanelFigure.wrapped("", width: 1) == [""])
  }

  @Test func `a prediction shows what is right, wrong and missed in colours`() throws {
    let fixture = try ReportFixture(
      recipes: [ReportFixture.recipes[0]], seeds: [0], images: 1, paperTable: nil)
    try ComparisonReport(fixture.folder).write()
    let file = fixture.folder.figuresFolder.appending(path: "predictions.png")
    let picture = try ImageFile.read(file)
    // Columns of 220 pixels with gaps of 10; the third is the prediction, a disc moved right by one.
    func grey(_ x: Int, _ y: Int) -> Int {
      Int(picture.values[(30 + y * 220 / 32 + 3) * picture.width + 470 + x * 220 / 32 + 3])
    }
    #expect(grey(12, 16) == 255)
    #expect(grey(30, 2) == 0)
    let missed = grey(6, 16)
    let wrong = grey(19, 16)
    #expect(missed > 100 && missed < 160, "blue as grey, found \(missed)")
    #expect(wrong > 150 && wrong < 190, "orange as grey, found \(wrong)")
  }
}
