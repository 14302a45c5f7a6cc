import Basics
import Testing

@testable import Imaging

@Suite("Runs of pixels")
struct PixelRunsTests {
  static let sizes = [(1, 1), (1, 9), (9, 1), (23, 17), (64, 30)]

  static func runs(_ mask: Mask) -> PixelRuns {
    let tiled = TiledMask(mask)
    return PixelRuns(
      (0..<mask.height).flatMap { row in
        tiled.runs(of: true, in: [row * mask.width..<(row + 1) * mask.width])
      }, width: mask.width)
  }

  static func speckled(_ size: (Int, Int), seed: UInt64) -> Mask {
    var rng = SeededGenerator(seed: seed)
    let density = rng.uniform(0.1..<0.9)
    return Mask(
      width: size.0, height: size.1,
      pixels: (0..<size.0 * size.1).map { _ in rng.chance(density) ? 1 : 0 })
  }

  static func pixels(_ runs: PixelRuns) -> [Int] { runs.runs.flatMap { Array($0) } }

  @Test("Runs in any order become rows' runs that do not touch", arguments: sizes)
  func joined(size: (Int, Int)) {
    for seed in UInt64(0)..<20 {
      var rng = SeededGenerator(seed: seed)
      let mask = Self.speckled(size, seed: seed)
      let plain = mask.pixels.indices.filter { mask.pixels[$0] == 1 }
      let shuffled = (plain + plain.prefix(5)).map { $0..<$0 + 1 }.shuffled(using: &rng)
      let joined = PixelRuns(shuffled, width: size.0)
      #expect(Self.pixels(joined) == plain)
      #expect(joined.runs.allSatisfy { $0.lowerBound / size.0 == ($0.upperBound - 1) / size.0 })
      #expect(joined.runs.count == plain.count { $0 % size.0 == 0 || mask.pixels[$0 - 1] == 0 })
    }
  }

  @Test("Pieces are those of the plain search, by edges and by corners", arguments: sizes)
  func pieces(size: (Int, Int)) {
    for seed in UInt64(0)..<30 {
      let mask = Self.speckled(size, seed: seed)
      for corners in [false, true] {
        let runs = Self.runs(mask)
        let found = runs.pieces(corners: corners)
        let plain = Components(of: mask, connectivity: corners ? .eight : .four)
        #expect(found.count == plain.count, "seed \(seed)")
        #expect(
          found.ofRuns.map { $0 + 1 } == runs.runs.map { Int(plain.labels[$0.lowerBound]) },
          "seed \(seed)")
      }
    }
  }

  @Test("What is enclosed cannot be reached from outside", arguments: sizes)
  func enclosed(size: (Int, Int)) {
    for seed in UInt64(0)..<30 {
      let mask = Self.speckled(size, seed: seed)
      let plain = CellPictures.enclosed(
        mask.pixels.map { $0 == 1 }, width: size.0, height: size.1)
      #expect(
        Self.pixels(Self.runs(mask).enclosed) == plain.indices.filter { plain[$0] }, "seed \(seed)")
    }
  }

  @Test("Runs less others, and runs with what is around them, are as pixel by pixel")
  func combined() {
    for seed in UInt64(0)..<30 {
      let (a, b) = (Self.speckled((23, 17), seed: seed), Self.speckled((23, 17), seed: seed + 99))
      let rest = a.pixels.indices.filter { a.pixels[$0] == 1 && b.pixels[$0] == 0 }
      #expect(Self.pixels(Self.runs(a).subtracting(Self.runs(b))) == rest)
      let grown = a.pixels.indices.filter { place in
        let (x, y) = (place % 23, place / 23)
        return (max(0, y - 1)...min(16, y + 1)).contains { row in
          (max(0, x - 1)...min(22, x + 1)).contains { a[$0, row] }
        }
      }
      #expect(Self.pixels(Self.runs(a).grown(height: 17)) == grown)
    }
  }
}
