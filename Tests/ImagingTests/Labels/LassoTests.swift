import Basics
import Foundation
import Testing

@testable import Imaging

@Suite("Lasso and filling")
struct LassoTests {
  static let (width, height) = (70, 61)

  /// The pixels within half a pixel of the closed outline, or enclosed by such, looked at one by one in a frame that
  /// holds all of it; and those whose centres it winds around.
  static func inside(
    _ points: [PixelPoint], margin: Int = 60
  ) -> (area: [Bool], wound: [Bool]) {
    let (across, down) = (width + 2 * margin, height + 2 * margin)
    let edges = points.indices.map { (points[$0], points[($0 + 1) % points.count]) }
    let places = (0..<across * down).map {
      PixelPoint(x: $0 % across - margin, y: $0 / across - margin)
    }
    let isWall = places.map { place in
      edges.contains {
        DrawingTests.distance(Double(place.x), Double(place.y), $0.0, $0.1) <= 0.5 + 1e-9
      }
    }
    let enclosed = CellPictures.enclosed(isWall, width: across, height: down)
    let inPicture = places.indices.filter {
      (0..<width).contains(places[$0].x) && (0..<height).contains(places[$0].y)
    }
    return (
      inPicture.map { isWall[$0] || enclosed[$0] },
      inPicture.map { winding(of: edges, around: places[$0]) != 0 }
    )
  }

  static func winding(of edges: [(PixelPoint, PixelPoint)], around place: PixelPoint) -> Int {
    edges.reduce(0) { winding, edge in
      let (a, b) = edge
      guard (a.y <= place.y) != (b.y <= place.y) else { return winding }
      let side = (b.x - a.x) * (place.y - a.y) - (place.x - a.x) * (b.y - a.y)
      return a.y <= place.y
        ? (side > 0 ? winding + 1 : winding) : (side < 0 ? winding - 1 : winding)
    }
  }

  @Test("A lasso draws all that its outline covers and encloses, and neighbours keep their pixels")
  func lassos() throws {
    for seed in UInt64(0)..<25 {
      var rng = SeededGenerator(seed: seed)
      let image = CellPictures.crowd(Self.width, Self.height, cells: 15, seed: seed)
      let labels = TiledLabels(image)
      let points = (0..<1 + rng.index(below: 8)).map { _ in
        CellPictures.point(Self.width, Self.height, beyond: 25, using: &rng)
      }
      let (area, wound) = Self.inside(points)
      #expect(zip(area, wound).allSatisfy { $0 || !$1 }, "seed \(seed): the reference leaks")
      let some = try #require(image.cells.randomElement(using: &rng))
      for (target, overwrites) in [
        (PenTarget.cell(some), false), (.cell(some), true), (.ground(of: nil), false),
      ] {
        let label = target == .ground(of: nil) ? 0 : some
        let expected = image.labels.indices.map { place in
          let old = image.labels[place]
          return area[place] && (label == 0 || overwrites || old == 0) ? label : old
        }
        guard let stroke = labels.lasso(around: points, target: target, overwrites: overwrites)
        else {
          #expect((expected == image.labels) == true, "seed \(seed)")
          continue
        }
        let drawn = try #require(labels.drawn(stroke))
        #expect((LabelImage(drawn.labels).labels == expected) == true, "seed \(seed)")
        #expect(drawn.isTakenBack)
      }
    }
  }

  @Test("A lasso extends the cell that it begins on and makes one on ground, also from outside")
  func targets() throws {
    let labels = TiledLabels(CellPictures.picture("1...", "....", "...2"))
    func corners(_ points: (Int, Int)...) -> [PixelPoint] {
      points.map { PixelPoint(x: $0.0, y: $0.1) }
    }
    let extended = try #require(labels.lasso(around: corners((0, 0), (3, 0), (3, 2), (0, 2))))
    #expect(extended.parts.map(\.label) == [1])
    let made = try #require(labels.lasso(around: corners((1, 0), (2, 0), (2, 1))))
    #expect(made.parts.map(\.label) == [3])
    let around = try #require(labels.lasso(around: corners((-5, -5), (9, -5), (9, 9), (-5, 9))))
    #expect(
      try #require(labels.drawn(around)).labels
        == TiledLabels(CellPictures.picture("1333", "3333", "3332")))
    #expect(labels.lasso(around: corners((-5, -5), (-9, -5), (-9, 9))) == nil)
    #expect(labels.lasso(around: []) == nil)
    let far = corners((-1_000_000, -1_000_000), (1_000_000, -1_000_000), (0, 1_000_000))
    #expect(
      try #require(labels.drawn(labels.lasso(around: far))).labels.mask.area == 12)
  }

  @Test("A lasso across a neighbour draws the side where it begins, or over it where it is told to")
  func acrossNeighbour() throws {
    let labels = TiledLabels(CellPictures.picture("..2..", "..2..", "..2.."))
    let corners = [(0, 0), (4, 0), (4, 2), (0, 2)].map { PixelPoint(x: $0.0, y: $0.1) }
    for (way, overwrites, row) in [
      (corners, false, "112.."), (corners.reversed(), false, "112.."),
      (Array(corners[1...] + corners[..<1]), false, "..211"), (corners, true, "11111"),
    ] {
      let stroke = try #require(labels.lasso(around: way, overwrites: overwrites))
      let drawn = try #require(labels.drawn(stroke))
      #expect(drawn.labels == TiledLabels(CellPictures.picture(row, row, row)))
      #expect(drawn.isTakenBack)
    }
  }

  @Test("Holes of a cell are filled up to cells inside, and not the holes of these")
  func holes() throws {
    let labels = TiledLabels(
      CellPictures.picture(
        "1111111...",
        "1.....1.1.",
        "1.222.1.11",
        "1.2.2.1.1.",
        "1.222.111.",
        "1.....1...",
        "111111.111",
        "......1..1",
        "......1111"))
    let filled = try #require(labels.drawn(labels.filling(holesOf: 1)))
    #expect(
      filled.labels
        == TiledLabels(
          CellPictures.picture(
            "1111111...",
            "1111111.1.",
            "1122211.11",
            "112.211.1.",
            "112221111.",
            "1111111...",
            "1111111111",
            "......1111",
            "......1111")))
    #expect(filled.isTakenBack)
    #expect(filled.labels.filling(holesOf: 1) == nil)
    #expect(filled.labels.filling(holesOf: 2) != nil)
    #expect(labels.filling(holesOf: 5) == nil)
  }

  @Test("Holes are those that cannot be reached from outside, and belong to the cell beside them")
  func sweptHoles() throws {
    for seed in UInt64(0)..<20 {
      let image = CellPictures.crowd(
        Self.width, Self.height, cells: 130, radius: 2..<4, seed: seed)
      var coarse = image
      for place in image.labels.indices where image.labels[place] != 0 {
        coarse.fill(place..<place + 1, with: 1 + image.labels[place] % 3)
      }
      let labels = TiledLabels(coarse)
      for label in coarse.cells {
        let enclosed = CellPictures.enclosed(
          coarse.labels.map { $0 == label }, width: Self.width, height: Self.height)
        let ground = Mask(
          width: Self.width, height: Self.height,
          pixels: coarse.labels.indices.map { enclosed[$0] && coarse.labels[$0] == 0 ? 1 : 0 })
        let pieces = Components(of: ground, connectivity: .four)
        var beside: Set<Int32> = []
        for place in coarse.labels.indices where pieces.labels[place] != 0 {
          let around = CellPictures.neighbours(of: place, width: Self.width, height: Self.height)
          if around.contains(where: { coarse.labels[$0] == label }) {
            beside.insert(pieces.labels[place])
          }
        }
        let expected = coarse.labels.indices.filter { beside.contains(pieces.labels[$0]) }
        let found = labels.filling(holesOf: label)?.parts.flatMap(\.runs).flatMap { Array($0) }
        #expect(((found ?? []) == expected) == true, "seed \(seed) cell \(label)")
      }
    }
  }

  @Test("Ground that one cell encloses is filled from a pixel of it, any other is not")
  func ground() throws {
    let labels = TiledLabels(
      CellPictures.picture(
        "1112222",
        "1.12..3",
        "1112233",
        "4.44444",
        "4444..4",
        ".544444"))
    let filled = try #require(labels.filling(groundAround: PixelPoint(x: 1, y: 1)))
    #expect(filled.parts == [LabelStroke.Part(1, [8..<9])])
    let wide = try #require(labels.filling(groundAround: PixelPoint(x: 5, y: 4)))
    #expect(wide.parts.map(\.label) == [4] && wide.parts[0].runs.map(\.count) == [2])
    for (x, y) in [(4, 1), (1, 3), (0, 5), (0, 0), (-1, 2), (7, 0)] {
      #expect(labels.filling(groundAround: PixelPoint(x: x, y: y)) == nil, "at \(x),\(y)")
    }
  }
}
