import Foundation
import Imaging
import Testing

/// What pycocotools answered; made by Tests/Goldens/make_outlines.py.
struct OutlinesTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let width: Int
      let height: Int
      let polygon: [Double]
      let counts: [Int]

      var mask: Mask {
        var mask = Mask(width: width, height: height)
        mask.fill(columnRuns: counts)
        return mask
      }
    }

    let cases: [Case]
  }

  @Test func `polygons have the pixels that pycocotools gives them`() throws {
    let golden = try JSONDecoder().decode(Golden.self, from: ImagingTests.Golden.data("outlines"))
    #expect(golden.cases.count > 20)
    for expected in golden.cases {
      var mask = Mask(width: expected.width, height: expected.height)
      mask.fill(polygon: expected.polygon)
      #expect(mask.rows == expected.mask.rows, "\(expected.polygon)")
    }
  }

  @Test func `runs are counted down the columns`() {
    var mask = Mask(width: 3, height: 2)
    mask.fill(columnRuns: [1, 2, 2, 1])
    #expect(mask.rows == ["010", "101"])
    mask.fill(columnRuns: [6])
    #expect(mask.area == 3)
  }

  @Test func `a box holds all cell pixels and no more`() {
    let mask = Mask(["00000", "00100", "01000", "00000"])
    #expect(mask.box?.columns == 1..<3)
    #expect(mask.box?.rows == 1..<3)
    #expect(Mask(width: 3, height: 2).box == nil)
    #expect(Mask(["1"]).box?.columns == 0..<1)
  }
}
