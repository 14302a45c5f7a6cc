import Testing

@testable import Training

struct TilingTests {
  @Test(arguments: [
    (5000, 20, 256), (100_000, 1, 256), (9000, 811, 256), (20_000, 97, 4096), (3000, 30, 64),
    (12_345, 37, 100),
  ])
  func `pieces join to the side, see around themselves and are bounded`(
    long: Int, short: Int, size: Int
  ) {
    let tiles = Tiling(long: long, short: short, size: size, largest: 1 << 18).tiles
    #expect(tiles.count > 1)
    #expect(tiles.first?.kept.lowerBound == 0 && tiles.last?.kept.upperBound == long)
    #expect(zip(tiles, tiles.dropFirst()).allSatisfy { $0.kept.upperBound == $1.kept.lowerBound })
    let bound = max(1 << 18, 3 * size * size)
    for tile in tiles {
      #expect(tile.seen.lowerBound <= max(0, tile.kept.lowerBound - short / 2))
      #expect(tile.seen.upperBound >= min(long, tile.kept.upperBound + short / 2))
      #expect(tile.seen.count * size / short * size <= bound)
      #expect(tile.seen.lowerBound * size % short == 0)
    }
  }

  @Test func `an image that is not long is one piece`() {
    #expect(Tiling(long: 1024, short: 811, size: 4096).tiles.count == 1)
    #expect(Tiling(long: 4000, short: 256, size: 256).tiles.count == 1)
  }
}
