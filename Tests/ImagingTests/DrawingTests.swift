import Basics
import Foundation
@testable import Imaging
import Testing

struct DrawingTests {
  static func drawn(
    _ runs: [Range<Int>], width: Int, height: Int
  ) -> Mask {
    var mask = Mask(width: width, height: height)
    for run in runs { mask.fill(run, with: true) }
    return mask
  }

  @Test func `a stroke covers the pixels near its line and no others`() {
    for seed in UInt64(0)..<150 {
      var rng = SeededGenerator(seed: seed)
      let (width, height) = (1 + rng.index(below: 40), 1 + rng.index(below: 40))
      let start = PixelPoint(x: rng.index(below: 60) - 10, y: rng.index(below: 60) - 10)
      let end =
        rng.chance(0.1)
        ? start : PixelPoint(x: rng.index(below: 60) - 10, y: rng.index(below: 60) - 10)
      let brush = Brush(diameter: 1 + rng.index(below: 18))
      let mask = Self.drawn(
        brush.runs(from: start, to: end, width: width, height: height),
        width: width, height: height)
      for y in 0..<height {
        for x in 0..<width {
          let distance = Self.distance(
            Double(x) - brush.offset, Double(y) - brush.offset, start, end)
          // Pixels exactly on the rim are covered; a rounding's width of it is not looked at.
          guard abs(distance - brush.radius) > 1e-6 || distance == brush.radius else { continue }
          #expect(mask[x, y] == (distance <= brush.radius), "seed \(seed) at \(x),\(y)")
        }
      }
    }
  }

  static func distance(
    _ x: Double, _ y: Double, _ start: PixelPoint, _ end: PixelPoint
  ) -> Double {
    let (dx, dy) = (Double(end.x - start.x), Double(end.y - start.y))
    let (px, py) = (x - Double(start.x), y - Double(start.y))
    let length = dx * dx + dy * dy
    let along = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
    return hypot(px - along * dx, py - along * dy)
  }

  @Test func `the thinnest stroke is a single pixel, and a line without gaps`() {
    let mask = TiledMask(width: 50, height: 50)
    let dot = PixelPoint(x: 7, y: 9)
    #expect(mask.stroked(from: dot, to: dot, diameter: 1) == [457..<458])
    for seed in UInt64(0)..<60 {
      var rng = SeededGenerator(seed: seed)
      let ends = (0..<2).map { _ in PixelPoint(x: rng.index(below: 50), y: rng.index(below: 50)) }
      let line = Self.drawn(
        mask.stroked(from: ends[0], to: ends[1], diameter: 1), width: 50, height: 50)
      #expect(Components(of: line).count == 1, "seed \(seed)")
      #expect(line[ends[0].x, ends[0].y] && line[ends[1].x, ends[1].y], "seed \(seed)")
      let steps = max(abs(ends[0].x - ends[1].x), abs(ends[0].y - ends[1].y)) + 1
      #expect((steps...2 * steps).contains(line.area), "seed \(seed)")
    }
  }

  @Test func `brush diameters give their widths`() {
    let centre = PixelPoint(x: 40, y: 40)
    for diameter in Array(1...16) + [21, 63, 64] {
      let runs = Brush(diameter: diameter).runs(from: centre, to: centre, width: 81, height: 81)
      #expect(runs.count == diameter && runs.map(\.count).max() == diameter, "\(diameter) px")
      #expect(runs.contains { $0.contains(40 * 81 + 40) }, "\(diameter) px: the pen's own pixel")
    }
  }

  @Test func `a stroke of any width is that wide along its whole way`() {
    for diameter in 1...16 {
      for (start, end) in [((20, 40), (60, 40)), ((40, 20), (40, 60))] {
        let mask = Self.drawn(
          TiledMask(width: 81, height: 81).stroked(
            from: PixelPoint(x: start.0, y: start.1), to: PixelPoint(x: end.0, y: end.1),
            diameter: diameter), width: 81, height: 81)
        let isLevel = start.1 == end.1
        let across = (0..<81).count { isLevel ? mask[40, $0] : mask[$0, 40] }
        let along = (0..<81).count { isLevel ? mask[$0, 40] : mask[40, $0] }
        #expect(across == diameter && along == 40 + diameter, "\(diameter) px")
      }
    }
  }

  @Test func `an edit holds just what changes and its inverse takes it back`() {
    for seed in UInt64(0)..<40 {
      let before = TiledMask(Noise.mask(133, 121, seed: seed))
      let runs = before.stroked(
        from: PixelPoint(x: 3, y: 4), to: PixelPoint(x: 130, y: 92), diameter: 8)
      for cell in [true, false] {
        let changed = before.runs(of: !cell, in: runs)
        #expect(changed == runs.flatMap { before.runs(of: !cell, in: [$0]) })
        let edit = cell ? MaskEdit(added: changed) : MaskEdit(removed: changed)
        var after = before
        after.apply(edit)
        #expect(edit == MaskEdit(from: before, to: after), "seed \(seed)")
        #expect(after.area(in: runs) == (cell ? runs.reduce(0) { $0 + $1.count } : 0))
        after.apply(edit.inverse)
        #expect(after == before, "seed \(seed)")
      }
    }
  }

  @Test func `a fill covers the part, or the hole, around a pixel`() {
    for seed in UInt64(0)..<40 {
      let mask = Noise.mask(137, 83, discs: 9, seed: seed)
      let opposite = Mask(width: 137, height: 83, pixels: mask.pixels.map { 1 - $0 })
      var rng = SeededGenerator(seed: seed)
      let (x, y) = (rng.index(below: 137), rng.index(below: 83))
      let parts = Components(of: mask[x, y] ? mask : opposite, connectivity: .four)
      let runs = TiledMask(mask).region(around: PixelPoint(x: x, y: y))
      let filled = Self.drawn(runs, width: 137, height: 83)
      #expect(filled == parts.mask(of: Int(parts.labels[y * 137 + x])), "seed \(seed)")
      #expect(TiledMask(mask).region(around: PixelPoint(x: -1, y: y)).isEmpty)
      #expect(runs.map(\.count).reduce(0, +) == filled.area, "seed \(seed): runs overlap")
      #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
  }
}
