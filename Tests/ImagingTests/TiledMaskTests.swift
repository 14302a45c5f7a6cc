import Basics
import Imaging
import Testing

struct TiledMaskTests {
  /// Sizes around those of tiles.
  static let sizes = [(1, 1), (64, 64), (65, 63), (63, 130), (200, 129), (7, 300), (300, 7)]

  static func pair(_ size: (Int, Int), seed: UInt64) -> (Mask, TiledMask) {
    let mask = Noise.mask(size.0, size.1, discs: 4, seed: seed)
    return (mask, TiledMask(mask))
  }

  /// Runs of pixels that differ in one way.
  static func runs(
    _ old: Mask, _ new: Mask, where differs: (UInt8, UInt8) -> Bool
  ) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in old.pixels.indices where differs(old.pixels[index], new.pixels[index]) {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }

  /// A run anywhere, over several rows at times.
  static func run(_ count: Int, using rng: inout SeededGenerator) -> Range<Int> {
    let start = rng.index(below: count)
    return start..<min(count, start + rng.index(below: 1 + count / (rng.chance(0.2) ? 1 : 20)))
  }

  @Test(arguments: sizes)
  func `a mask comes back out of tiles, edited as the plain one is`(size: (Int, Int)) {
    for seed in UInt64(0)..<12 {
      var rng = SeededGenerator(seed: seed)
      var (plain, tiled) = Self.pair(size, seed: seed)
      for step in 0..<30 {
        let run = Self.run(size.0 * size.1, using: &rng)
        let cell = rng.chance(0.5)
        let before = (plain, tiled)
        plain.fill(run, with: cell)
        tiled.fill(run, with: cell)
        #expect(Mask(tiled) == plain && tiled.area == plain.area, "seed \(seed) step \(step)")
        #expect(tiled == TiledMask(plain), "seed \(seed) step \(step)")
        #expect(Mask(before.1) == before.0, "seed \(seed): a copy was drawn on")
        let edit = MaskEdit(from: before.1, to: tiled)
        let expected = MaskEdit(
          added: Self.runs(before.0, plain) { $0 < $1 },
          removed: Self.runs(before.0, plain) { $0 > $1 })
        #expect(edit == expected, "seed \(seed) step \(step)")
        var back = tiled
        back.apply(edit.inverse)
        #expect(back == before.1, "seed \(seed) step \(step)")
      }
    }
  }

  @Test(arguments: sizes)
  func `what tiles count is what pixels count`(size: (Int, Int)) {
    for seed in UInt64(0)..<12 {
      var rng = SeededGenerator(seed: seed)
      let (plain, tiled) = Self.pair(size, seed: seed)
      let (other, tiledOther) = Self.pair(size, seed: seed + 100)
      let common = zip(plain.pixels, other.pixels).reduce(0) { $0 + Int($1.0 & $1.1) }
      #expect(tiled.common(with: tiledOther) == common, "seed \(seed)")
      let run = Self.run(size.0 * size.1, using: &rng)
      #expect(tiled.area(in: [run]) == run.count { plain.pixels[$0] == 1 }, "seed \(seed)")
      let cells = tiled.runs(of: true, in: [run])
      #expect(cells.flatMap { Array($0) } == run.filter { plain.pixels[$0] == 1 }, "seed \(seed)")
      #expect(zip(cells, cells.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
  }

  /// Blocks are counted anew from the pixels: what an edit keeps up to date must agree.
  @Test(arguments: sizes)
  func `blocks of all sizes count their cells after any edit`(size: (Int, Int)) {
    for seed in UInt64(0)..<6 {
      var rng = SeededGenerator(seed: seed)
      var (plain, tiled) = Self.pair(size, seed: seed)
      for _ in 0..<10 {
        let run = Self.run(size.0 * size.1, using: &rng)
        let cell = rng.chance(0.5)
        plain.fill(run, with: cell)
        tiled.fill(run, with: cell)
      }
      for shift in 0...TiledMask.largestBlockShift {
        let across = (size.0 - 1) >> shift + 1
        let down = (size.1 - 1) >> shift + 1
        let columns = rng.index(below: across)..<across
        let rows = rng.index(below: down)..<down
        let counted = rows.flatMap { row in
          columns.map { column in
            let ys = row << shift..<min(size.1, (row + 1) << shift)
            let xs = column << shift..<min(size.0, (column + 1) << shift)
            return UInt16(ys.reduce(0) { sum, y in sum + xs.count { plain[$0, y] } })
          }
        }
        #expect(
          tiled.blockAreas(shift: shift, columns: columns, rows: rows) == counted,
          "seed \(seed) shift \(shift)")
      }
    }
  }
}

struct GreyPyramidTests {
  @Test(arguments: [(1, 1), (33, 70), (100, 65), (257, 131)])
  func `an image is stretched and halved as pixel by pixel`(size: (Int, Int)) {
    var rng = SeededGenerator(seed: UInt64(size.0))
    let odd: [Float] = [.nan, .infinity, -.infinity, -3, 0, 100, 612.5, 1e20]
    let values = (0..<size.0 * size.1).map { _ -> Float in
      rng.chance(0.05) ? odd[rng.index(below: odd.count)] : Float(rng.uniform(-50..<700))
    }
    let image = Image(width: size.0, height: size.1, bitDepth: 32, values: values)
    let scale: Float = 255 / (612.5 - 100)
    let greys = values.map { value -> UInt8 in
      let grey = (value - 100) * scale
      return grey >= 255 ? 255 : grey > 0 ? UInt8(grey) : 0
    }
    var level = GreyPyramid(image, range: 100...612.5).levels[...]
    var expected = (width: size.0, height: size.1, pixels: greys)
    while let found = level.popFirst() {
      #expect(found.width == expected.width && found.height == expected.height)
      #expect(found.pixels == expected.pixels, "\(expected.width)x\(expected.height)")
      expected = Self.halved(expected)
    }
  }

  static func halved(
    _ level: (width: Int, height: Int, pixels: [UInt8])
  ) -> (width: Int, height: Int, pixels: [UInt8]) {
    let (width, height) = ((level.width + 1) / 2, (level.height + 1) / 2)
    let pixels = (0..<width * height).map { index -> UInt8 in
      let ys = [index / width * 2, min(index / width * 2 + 1, level.height - 1)]
      let xs = [index % width * 2, min(index % width * 2 + 1, level.width - 1)]
      let sum = ys.reduce(0) { sum, y in
        sum + xs.reduce(0) { $0 + Int(level.pixels[y * level.width + $1]) }
      }
      return UInt8((sum + 2) / 4)
    }
    return (width, height, pixels)
  }
}
