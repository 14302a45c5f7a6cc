import Recipes
import Testing

@testable import Training

struct TilingTests {
  /// Width, height and the multiple of the network.
  private static let planes = [
    (1088, 1024, 64), (4096, 4096, 64), (16384, 16384, 32), (64, 64000, 64), (256, 4352, 64),
    (128_000, 128, 64), (1920, 1216, 64), (3000, 700, 1), (1312, 20000, 16), (5120, 4608, 256),
  ]

  @Test(arguments: planes)
  func `tiles begin on the network's multiples, reach over the plane and are bounded`(
    width: Int, height: Int, multiple: Int
  ) {
    let tiling = Tiling(width: width, height: height, multiple: multiple)
    #expect(tiling.tiles.count > 1)
    for (spans, length) in [(tiling.rows, height), (tiling.columns, width)] {
      #expect(spans.first?.seen.lowerBound == 0 && spans.last?.seen.upperBound == length)
      for span in spans {
        #expect(span.seen.lowerBound % multiple == 0 && span.seen.count % multiple == 0)
        #expect(span.seen.count == spans[0].seen.count)
      }
    }
    for (rows, columns) in tiling.tiles {
      #expect(rows.seen.count * columns.seen.count <= Tiling.largestInput)
    }
  }

  @Test(arguments: planes)
  func `the answers of tiles add up to one, evenly, and have a margin`(
    width: Int, height: Int, multiple: Int
  ) {
    let tiling = Tiling(width: width, height: height, multiple: multiple)
    for (spans, length) in [(tiling.rows, height), (tiling.columns, width)] {
      var sums = [Float](repeating: 0, count: length)
      for span in spans {
        let weights = span.weights
        for (place, weight) in zip(span.kept, weights) { sums[place] += weight }
        #expect(zip(weights, weights.dropFirst()).allSatisfy { abs($0 - $1) < 0.026 })
        let isFirst = span.seen.lowerBound == 0
        let isLast = span.seen.upperBound == length
        #expect(
          isFirst ? span.kept.lowerBound == 0 : span.kept.lowerBound - span.seen.lowerBound >= 96)
        #expect(
          isLast
            ? span.kept.upperBound == length : span.seen.upperBound - span.kept.upperBound >= 96)
      }
      #expect(sums.allSatisfy { abs($0 - 1) < 1e-6 })
    }
  }

  @Test func `a plane that fits is one tile that counts in full`() throws {
    for (width, height) in [(1024, 1024), (1024, 832), (4096, 256), (64, 64)] {
      let tiling = Tiling(width: width, height: height, multiple: 64)
      let tile = try #require(tiling.tiles.first)
      #expect(tiling.tiles.count == 1)
      #expect(tile.rows.seen == 0..<height && tile.columns.kept == 0..<width)
      #expect(tile.rows.weights.allSatisfy { $0 == 1 })
    }
  }
}
