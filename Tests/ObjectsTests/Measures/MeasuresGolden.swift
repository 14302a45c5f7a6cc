import Foundation
import Imaging
import Objects
import TestSupport

/// What scikit-image measured; made by Tests/Goldens/make_measures.py.
struct MeasuresGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let width: Int
    let height: Int
    /// Numbers and lengths of runs by turns.
    let runs: [Int]
    /// A list of values, one a cell, by the name of the measure.
    let cells: [String: Values]

    var labels: LabelImage { LabelImage(width: width, height: height, runs: runs) }

    /// The grey values that the script made by the same arithmetic.
    var image: Image {
      let values = (0..<width * height).map { place in
        let (y, x) = place.quotientAndRemainder(dividingBy: width)
        return Float((x * 7919 + y * 104729 + x * y * 31) % 65536)
      }
      return Image(width: width, height: height, bitDepth: 16, values: values)
    }
  }

  enum Values: Decodable {
    case numbers([Double?])
    case lists([[Int]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let numbers = try? container.decode([Double?].self) {
        self = .numbers(numbers)
      } else {
        self = .lists(try container.decode([[Int]].self))
      }
    }
  }

  struct Bins: Decodable {
    let values: [Double]
    let counts: [Int]
    let first: Double
    let last: Double
    let median: Double
    let mean: Double
  }

  let cases: [Case]
  let histograms: [Bins]

  static func load() throws -> MeasuresGolden {
    let tests = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appending(path: "Goldens/measures.json"))
    return try JSONDecoder().decode(MeasuresGolden.self, from: data)
  }
}
