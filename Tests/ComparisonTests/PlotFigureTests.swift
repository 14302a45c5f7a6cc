import Foundation
import FoundationXML
import Testing

@testable import Comparison

struct PlotFigureTests {
  private func svg(_ marks: PlotFigure.Marks) -> String {
    let svg = PlotFigure(title: "3 cells", x: "Area (px²)", y: "Cells", marks).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    return svg
  }

  @Test func `a histogram has a bar a bin, from the lower axis up`() {
    let svg = svg(.bars(start: 0, width: 10, heights: [1, 0, 3]))
    // The first is the white ground.
    #expect(svg.ranges(of: "<rect").count == 4)
    #expect(svg.contains(">3 cells<") && svg.contains(">Area (px²)<") && svg.contains(">Cells<"))
    for tick in ["0", "5", "30", "1"] { #expect(svg.contains(">\(tick)<"), "\(tick)") }
  }

  @Test func `a scatter plot has a dot a cell, but one for those on one place`() {
    let svg = svg(.dots([(1, 0.5), (2, 0.7), (2, 0.7), (.nan, 1)]))
    #expect(svg.ranges(of: "stroke-width=\"5\"").count == 2)
  }

  @Test func `cells are counted in whole numbers, however few there are`() {
    for highest in [1.0, 2, 3, 40] {
      let axis = LinearAxis(from: 0, to: highest, margin: (0, 0.05))
      let texts = axis.ticks(most: 6, isWhole: true).map(\.text)
      #expect(texts.count > 1 && texts.allSatisfy { Int($0) != nil }, "\(texts)")
    }
    #expect(!svg(.bars(start: 0, width: 10, heights: [1])).contains(">0.2<"))
  }

  /// The places of a figure's pixels of a colour.
  private func pixels(_ ink: Ink, _ marks: PlotFigure.Marks) -> [(x: Int, y: Int)] {
    let canvas = PlotFigure(title: "3 cells", x: "Area (µm²)", y: "Cells", marks).drawn()
    return (0..<canvas.width * canvas.height).map { ($0 % canvas.width, $0 / canvas.width) }
      .filter { canvas[$0.0, $0.1] == ink }
  }

  @Test func `a PNG has the same bars and dots as the SVG, twice as large`() {
    // 532x336 pixels from column 86 on, down to row 376: bars of half the width and all but five parts in 105 of
    // the height. The axes lie over the first column and the last row.
    let bars = pixels(Ink.curves[0], .bars(start: 0, width: 1, heights: [1, 0]))
    #expect(bars.map(\.x).min() == 173 && bars.map(\.x).max() == 701)
    #expect(bars.map(\.y).min() == 112 && bars.map(\.y).max() == 750)
    // Each alone in the middle of its column and row, five pixels wide in SVG.
    let dots = pixels(Ink.curves[0], .dots([(1, 1), (.nan, 2)]))
    #expect((60...100).contains(dots.count))
    #expect(dots.allSatisfy { abs($0.x - 704) <= 5 && abs($0.y - 416) <= 5 })
    #expect(pixels(.text, .dots([])).count > 200)
    #expect(pixels(Ink.curves[0], .dots([])).isEmpty)
  }

  @Test func `letters of units are known`() {
    let box = BitmapFont.columns(of: "\u{4E00}")
    for letter: Character in ["µ", "μ", "²", "±", "A"] {
      #expect(BitmapFont.columns(of: letter) != box, "\(letter)")
    }
  }

  @Test func `without a value it says so`() {
    #expect(svg(.dots([])).contains("no values"))
    #expect(svg(.bars(start: 0, width: 1, heights: [])).contains("no values"))
  }

  @Test func `an axis has round numbers within it, whatever its ends`() {
    #expect(LinearAxis(from: 0, to: 30).ticks(most: 7).map(\.text).last == "30")
    #expect(LinearAxis(from: 0.21, to: 0.47).ticks(most: 7).map(\.text).first == "0.25")
    for (low, high) in [(0.0, 0.0), (5, 5), (-1e300, 1e300), (1e-300, 2e-300), (1e12, 1e12 + 1)] {
      let axis = LinearAxis(from: low, to: high)
      for tick in axis.ticks(most: 6) {
        #expect((-1e-6...1.000001).contains(axis.place(of: tick.value)))
      }
    }
  }
}
