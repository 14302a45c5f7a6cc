import Foundation
import Imaging
@testable import Objects
import Testing

@Suite("What is measured of cells is what scikit-image measures")
struct MeasuresGoldenTests {
  /// How far two values may lie apart, and why; what is not named has a relative 1e-12, a few roundings of doubles.
  private static func isClose(_ name: String, _ ours: Double, _ theirs: Double, axis: Double)
    -> Bool
  {
    switch name {
    case "axis_minor_length":
      // A root of an eigenvalue that scikit-image has with a rounding of the larger one, and we have exactly.
      abs(ours * ours - theirs * theirs) <= 1e-14 * axis * axis
    case "eccentricity":
      // The root of a difference from 1, which is rounded before.
      abs(ours * ours - theirs * theirs) <= 1e-14
    case "orientation":
      // Upwards is downwards; where the axes are nearly alike the direction is a matter of rounding.
      abs(ours - theirs) <= 1e-9 || abs(abs(ours - theirs) - .pi) <= 1e-12
    default: abs(ours - theirs) <= 1e-12 * abs(theirs)
    }
  }

  @Test("Every measure of every cell, whole numbers without a difference")
  func measures() throws {
    let cases = try MeasuresGolden.load().cases
    #expect(cases.count == 13)
    var compared = 0
    for golden in cases {
      let cells = golden.labels.measures(in: golden.image)
      for (name, values) in golden.cells {
        guard case .numbers(let theirs) = values else { continue }
        let measure = try #require(Measure.named(name), "\(name)")
        try #require(cells.count == theirs.count, "\(golden.name)")
        for (cell, theirs) in zip(cells, theirs) {
          let ours = measure.value(of: cell)
          compared += 1
          if let ours, let theirs,
            Self.isClose(name, ours, theirs, axis: cell.ellipse.majorAxis)
          {
            continue
          }
          #expect(ours == theirs, "\(golden.name), cell \(cell.label), \(name)")
        }
      }
    }
    #expect(compared > 6_000)
  }

  @Test("No measure is left out of the comparison")
  func complete() throws {
    let golden = try #require(MeasuresGolden.load().cases.first)
    #expect(
      Set(Measure.all.map(\.name)) == Set(golden.cells.keys).subtracting(["neighbour_labels"]))
    #expect(Set(Measure.all.map(\.name)).count == Measure.all.count)
  }

  @Test("Neighbours are the cells that a cell's dilation reaches")
  func neighbours() throws {
    for golden in try MeasuresGolden.load().cases {
      guard case .lists(let theirs) = golden.cells["neighbour_labels"] else { continue }
      let ours = golden.labels.measures().map { $0.neighbours.map(Int.init) }
      #expect(ours == theirs, "\(golden.name)")
    }
  }

  @Test("A pixel, a line across and one downward have the orientation that scikit-image gives them")
  func degenerate() {
    var cells = LabelImage(width: 9, height: 9)
    cells[0, 0] = 1
    cells.fill(20..<24, with: 2)
    for y in 3..<8 { cells[1, y] = 3 }
    let ellipses = cells.measures().map(\.ellipse)
    let orientations: [Double] = [-Double.pi / 4, Double.pi / 2, 0]
    #expect(ellipses.map(\.orientation) == orientations)
    #expect(ellipses.map(\.minorAxis) == [0, 0, 0])
    #expect(ellipses.map(\.eccentricity) == [0, 1, 1])
    #expect(ellipses[2].majorAxis == 4 * 2.0.squareRoot())
  }
}
