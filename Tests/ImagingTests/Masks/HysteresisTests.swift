import Foundation
import Imaging
import Testing

struct HysteresisTests {
  /// What scikit-image answered.
  private struct Golden: Decodable {
    struct Case: Decodable {
      let width: Int
      let values: [Int]
      let low: Float
      let share: Float
      let mask: String
    }

    let cases: [Case]
  }

  @Test func `the pieces that are kept are those of scikit-image`() throws {
    let golden = try JSONDecoder().decode(
      Golden.self, from: ImagingTests.Golden.data("hysteresis"))
    #expect(golden.cases.count == 12)
    for each in golden.cases {
      let mask = Mask(
        width: each.width, height: each.values.count / each.width,
        surePiecesOf: each.values.map { Float($0) / 255 }, low: each.low, share: each.share)
      #expect(mask.pixels == each.mask.map { $0 == "#" ? 1 : 0 })
    }
  }

  private static func kept(_ values: [Float], width: Int) -> [UInt8] {
    Mask(
      width: width, height: values.count / width, surePiecesOf: values, low: 0.5, share: 0.9
    ).pixels
  }

  @Test func `how sure a piece is to be follows the usual one`() {
    // 0.54 is nine tenths of 0.6, and less than that of 0.8.
    #expect(Self.kept([0.6, 0.6, 0.6, 0.1, 0.54, 0.1, 0.5], width: 7) == [1, 1, 1, 0, 1, 0, 0])
    #expect(Self.kept([0.8, 0.5, 0.5, 0.1, 0.54, 0.1, 0.5], width: 7) == [1, 1, 1, 0, 0, 0, 0])
    // A speck that is surer does not take away what fills most of the picture.
    #expect(Self.kept([0.9, 0.1, 0.6, 0.6, 0.6, 0.1, 0.5], width: 7) == [1, 0, 1, 1, 1, 0, 0])
  }

  @Test func `pieces that touch by a corner are one, and nothing stays nothing`() {
    #expect(Self.kept([0.9, 0.1, 0.1, 0.5], width: 2) == [1, 0, 0, 1])
    #expect(Self.kept([0.4, 0.1, 0.1, 0.4], width: 2) == [0, 0, 0, 0])
    #expect(Self.kept([], width: 1) == [])
  }
}
