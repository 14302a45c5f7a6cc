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
