import Imaging
import Testing

@testable import Objects

@Suite("Outlines of cells along the edges of their pixels")
struct CellOutlineTests {
  /// Twice the area that a ring encloses, positive with the inside to the right on a screen.
  private func doubleArea(_ ring: CellOutline.Ring) -> Int {
    ring.indices.reduce(0) { sum, place in
      let (a, b) = (ring[place], ring[(place + 1) % ring.count])
      return sum + a.x * b.y - b.x * a.y
    }
  }

  /// All corners of pixels on a ring's way, the ends of its lines once.
  private func points(_ ring: CellOutline.Ring) -> [PixelPoint] {
    ring.indices.flatMap { place in
      let (a, b) = (ring[place], ring[(place + 1) % ring.count])
      let (stepX, stepY) = ((b.x - a.x).signum(), (b.y - a.y).signum())
      let count = max(abs(b.x - a.x), abs(b.y - a.y))
      return (0..<count).map { PixelPoint(x: a.x + $0 * stepX, y: a.y + $0 * stepY) }
    }
  }

  /// The pixels that lie within an odd number of rings.
  private func filled(_ rings: [CellOutline.Ring], width: Int, height: Int) -> Mask {
    var changes = Mask(width: width + 1, height: height)
    for ring in rings {
      for place in ring.indices {
        let (a, b) = (ring[place], ring[(place + 1) % ring.count])
        for y in min(a.y, b.y)..<max(a.y, b.y) where a.x == b.x { changes[a.x, y].toggle() }
      }
    }
    var mask = Mask(width: width, height: height)
    for y in 0..<height {
      var isInside = false
      for x in 0..<width {
        if changes[x, y] { isInside.toggle() }
        mask[x, y] = isInside
      }
    }
    return mask
  }

  private func check(_ cells: LabelImage, _ name: String) {
    let outlines = cells.outlines
    #expect(outlines.map(\.label) == cells.cells, "\(name)")
    let areas = cells.areas
    for outline in outlines {
      let mask = filled(outline.rings, width: cells.width, height: cells.height)
      #expect(mask == cells.mask(of: outline.label), "\(name), \(outline.label)")
      let double = outline.rings.reduce(0) { $0 + doubleArea($1) }
      #expect(double == 2 * (areas[outline.label] ?? 0), "\(name), \(outline.label)")
      for piece in outline.pieces {
        #expect(doubleArea(piece.exterior) > 0, "\(name), \(outline.label)")
        #expect(piece.holes.allSatisfy { doubleArea($0) < 0 }, "\(name), \(outline.label)")
        for ring in [piece.exterior] + piece.holes {
          let points = points(ring)
          #expect(Set(points).count == points.count, "\(name), \(outline.label): not simple")
          for place in ring.indices {
            let (a, b, c) = (
              ring[place], ring[(place + 1) % ring.count], ring[(place + 2) % ring.count]
            )
            #expect((a.x == b.x) != (b.x == c.x) && (a.y == b.y) != (b.y == c.y), "\(name)")
          }
        }
      }
    }
  }

  @Test("Rings are simple, turn at each point, go round their cell, and enclose just its pixels")
  func laws() throws {
    for golden in try ExportGolden.load().cases { check(golden.image, golden.name) }
    for (place, size) in [(1, 1), (2, 2), (7, 3), (13, 11), (24, 24), (1, 40)].enumerated() {
      for seed in 0..<8 {
        check(.random(size.0, size.1, seed: 8 * place + seed), "\(size), seed \(seed)")
      }
    }
  }

  @Test("Pieces, holes, corners and lengths are those of the union of a cell's pixels by Shapely")
  func shapely() throws {
    let cases = try ExportGolden.load().cases
    #expect(cases.count == 16)
    for golden in cases {
      for (outline, cell) in zip(golden.image.outlines, golden.cells) {
        let name = "\(golden.name), \(cell.label)"
        #expect(outline.label == cell.label, "\(name)")
        #expect(outline.pieces.count == cell.pieces, "\(name)")
        #expect(outline.rings.count - outline.pieces.count == cell.holes, "\(name)")
        #expect(outline.rings.reduce(0) { $0 + $1.count } == cell.corners, "\(name)")
        #expect(outline.rings.reduce(0) { $0 + points($1).count } == cell.length, "\(name)")
      }
    }
  }

  @Test("A ring begins at its cell's first pixel and goes on to the right")
  func order() {
    var cells = LabelImage(width: 4, height: 3)
    cells.fill(5..<7, with: 9)
    let outline = cells.outlines[0]
    #expect(
      outline.pieces.map(\.exterior)
        == [[(1, 1), (3, 1), (3, 2), (1, 2)].map { PixelPoint(x: $0.0, y: $0.1) }])
  }

  @Test("A picture without pixels has no outlines")
  func empty() {
    #expect(LabelImage(width: 0, height: 0).outlines.isEmpty)
    #expect(LabelImage(width: 5, height: 4).outlines.isEmpty)
  }
}
