import Basics
import Testing

@testable import Imaging

@Suite("Cells in order")
struct CellOrderTests {
  @Test(
    "Cells are read band by band, each from the left, though they stand a little higher or lower")
  func reading() throws {
    var image = LabelImage(width: 200, height: 160)
    var rng = SeededGenerator(seed: 2)
    var numbers = Array(UInt16(1)...20).shuffled(using: &rng)
    var expected: [UInt16] = []
    for row in 0..<4 {
      for column in 0..<5 {
        let label = numbers.removeLast()
        expected.append(label)
        // Cells 16 wide, bands of 16.
        let (x, y) = (column * 40 + rng.index(below: 9), row * 32 + 1 + rng.index(below: 14))
        for line in y..<y + 16 { image.fill(line * 200 + x..<line * 200 + x + 12, with: label) }
      }
    }
    // The centroids of a row lie between 8.5 and 21.5 below 32 times its number: two bands of 16.
    let order = CellOrder(of: TiledLabels(image))
    let tiled = TiledLabels(image)
    #expect(
      order.labels
        == expected.enumerated().sorted { a, b in
          func key(_ label: UInt16) -> (Int, Double) {
            let centroid = tiled.cells[label]?.centroid ?? .zero
            return (Int(centroid.y) / 16, centroid.x)
          }
          return key(a.element) < key(b.element)
        }.map(\.element))
    #expect(Set(order.labels) == Set(expected))
  }

  @Test("Centroids are the means of pixels, after any edit")
  func centroids() throws {
    var rng = SeededGenerator(seed: 5)
    let image = CellPictures.crowd(150, 131, cells: 40, seed: 5)
    var labels = TiledLabels(image)
    for _ in 0..<20 {
      var pen = CellPen(on: labels, brush: Brush(diameter: 9), overwrites: true)
      for point in CellPictures.way(4, 150, 131, step: 50, using: &rng) { pen.draw(to: point) }
      labels = pen.labels
    }
    // A run over several rows as well.
    labels.apply(
      try #require(labels.effect(of: LabelStroke([LabelStroke.Part(9, [100..<700])]))))
    var sums: [UInt16: SIMD3<Double>] = [:]
    for y in 0..<131 {
      for x in 0..<150 { sums[labels[x, y], default: .zero] += SIMD3(Double(x), Double(y), 1) }
    }
    for (label, cell) in labels.cells {
      let sum = try #require(sums[label])
      let gap = cell.centroid - SIMD2(sum.x, sum.y) / sum.z
      #expect(abs(gap.x) < 1e-9 && abs(gap.y) < 1e-9)
    }
  }

  @Test("Next and previous go round, from a cell and from a pixel")
  func steps() {
    let order = CellOrder(of: TiledLabels(CellPictures.picture("4.2.", "....", "1..3")))
    #expect(order.labels == [4, 2, 1, 3])
    #expect([4, 2, 1, 3].map { order.next(after: $0) } == [2, 1, 3, 4])
    #expect([4, 2, 1, 3].map { order.previous(before: $0) } == [3, 4, 2, 1])
    #expect(order.next(after: 9) == nil && order.previous(before: 9) == nil)
    #expect(order.next(after: PixelPoint(x: 0, y: 0)) == 2)
    #expect(order.next(after: PixelPoint(x: -5, y: -5)) == 4)
    #expect(order.next(after: PixelPoint(x: 3, y: 2)) == 4)
    #expect(order.previous(before: PixelPoint(x: 0, y: 0)) == 3)
    #expect(order.previous(before: PixelPoint(x: 0, y: 1)) == 2)
    let none = CellOrder(of: TiledLabels(width: 0, height: 0))
    #expect(none.labels.isEmpty && none.next(after: PixelPoint(x: 0, y: 0)) == nil)
  }

  @Test("Renumbered cells count from 1 in order and keep their pixels")
  func renumbering() throws {
    for seed in UInt64(0)..<10 {
      let labels = TiledLabels(CellPictures.crowd(120, 101, cells: 60, seed: seed))
      let order = CellOrder(of: labels)
      let drawn = try #require(labels.drawn(labels.stroke(of: labels.renumbering)))
      #expect(drawn.isTakenBack)
      #expect(CellOrder(of: drawn.labels).labels.map(Int.init) == Array(1...order.labels.count))
      for (place, label) in order.labels.enumerated() {
        #expect(drawn.labels.runs(of: UInt16(place + 1)) == labels.runs(of: label))
      }
      #expect(drawn.labels.renumbering == nil)
    }
  }

  @Test("The cell at a pixel is the nearest within reach, of two equally near the lower")
  func finding() {
    for seed in UInt64(0)..<10 {
      var rng = SeededGenerator(seed: seed)
      let image = CellPictures.crowd(90, 80, cells: 15, seed: seed)
      let labels = TiledLabels(image)
      for _ in 0..<60 {
        let point = CellPictures.point(90, 80, using: &rng)
        let distance = rng.index(below: 9)
        let near = image.labels.indices.filter { image.labels[$0] != 0 }.map { place in
          let (dx, dy) = (place % 90 - point.x, place / 90 - point.y)
          return (dx * dx + dy * dy, image.labels[place])
        }.min { $0 < $1 }
        let expected = near.flatMap { $0.0 <= distance * distance ? $0.1 : nil }
        #expect(labels.cell(at: point, within: distance) == expected, "seed \(seed) at \(point)")
      }
    }
    #expect(TiledLabels(width: 0, height: 0).cell(at: PixelPoint(x: 0, y: 0), within: 3) == nil)
  }
}
