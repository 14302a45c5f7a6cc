import Recipes
@testable import Comparison
import Foundation
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
    canvas.line(from: (-50, -50), to: (1e9, 40), .black)
    canvas.line(from: (.nan, 0), to: (3, 3), .black)
    canvas.fill(PixelRect(x: 6, y: 7, width: 100, height: 100), .missed)
    #expect(canvas[7, 8] == .missed)
  }

  @Test func `a line covers its pixels and fades beside them`() {
    var canvas = Canvas(width: 20, height: 9)
    canvas.line(from: (2, 4.5), to: (18, 4.5), .black, width: 2)
    #expect(canvas[10, 4] == .black)
    #expect(canvas[10, 3] == canvas[10, 5])
    #expect(canvas[10, 3].red > 100 && canvas[10, 3].red < 155)
    #expect(canvas[10, 1] == .white && canvas[0, 4] == .white)
    var dashed = Canvas(width: 20, height: 9)
    dashed.line(from: (0, 4.5), to: (20, 4.5), .black, width: 2, dash: 5)
    #expect(dashed[2, 4] == .black && dashed[7, 4] == .white && dashed[12, 4] == .black)
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

  @Test func `a lower loss is drawn lower and a later epoch further right`() {
    func figure(_ points: [(x: Double, y: Double)]) -> Canvas {
      CurveFigure(
        panels: [
          CurveFigure.Panel(
            title: "loss",
            curves: [CurveFigure.Curve(ink: .missed, dash: nil, points: points)])
        ], labels: []
      ).drawn()
    }
    let canvas = figure([(1, 1), (100, 0.01), (100, .nan)])
    var places: [(x: Int, y: Int)] = []
    for y in 0..<canvas.height {
      for x in 0..<canvas.width where canvas[x, y] == .missed { places.append((x, y)) }
    }
    let left = places.min { $0.x < $1.x }
    let right = places.max { $0.x < $1.x }
    #expect((left?.y ?? 0) + 250 < (right?.y ?? 0))
    // Of no number there is no curve, and no trap.
    _ = figure([])
    _ = figure([(1, 0), (2, -1)])
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
