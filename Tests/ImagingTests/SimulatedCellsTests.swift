import Basics
import Testing

@testable import Imaging

struct SimulatedCellsTests {
  /// Hashes of masks of the time when the simulator told no cell from another.
  private static let known: [(seed: UInt64, size: Int, broad: String, plain: String)] = [
    (1, 96, "946a7425907972ae", "6faa22ece0de8b8f"),
    (2, 128, "b2703518262e4f34", "d22186520226ee5d"),
    (3, 192, "1e7ae8d358a740fb", "efa12f8d688ec2f6"),
    (4, 100, "85d92c02eeaa652f", "9b82acfa1eab833c"),
    (7, 160, "ed055bd5774c4a51", "1c1ba92902a1eae8"),
  ]

  @Test func `without crowds the masks are those of before there were cells`() {
    var settings = SimulationSettings()
    settings.crowdRate = 0
    for (seed, size, broad, plain) in Self.known {
      #expect(hash(settings, seed, size) == broad, "seed \(seed)")
      #expect(hash(.plain, seed, size) == plain, "seed \(seed)")
    }
  }

  @Test func `a mask is what is left of the cells, and the image is the same`() {
    for seed in UInt64(20)..<28 {
      let (image, mask) = Simulator().image(seed: seed, size: 96)
      let (picture, cells) = Simulator().picture(seed: seed, size: 96)
      #expect(picture == image && cells.mask == mask, "seed \(seed)")
    }
  }

  @Test func `cells count from 1 in the order of their first pixels`() {
    for seed in UInt64(20)..<40 {
      let cells = Simulator(.plain).picture(seed: seed, size: 128).cells
      var seen: LabelImage.Label = 0
      for label in cells.labels where label > seen {
        #expect(label == seen + 1, "seed \(seed)")
        seen = label
      }
      #expect(cells.cells.count == Int(seen))
    }
  }

  @Test func `each pixel is of the cell that it is deepest in or nearest to`() {
    var generator = SeededGenerator(seed: 4)
    var culture = Culture(side: 256, size: 160, settings: .plain, using: &generator)
    let map = culture.grow(using: &generator)
    #expect(zip(map.owner, map.closest).allSatisfy { $0 < 0 || $0 == $1 })
    let cells = map.cells(size: 256, margin: 0, keepsScraps: true)
    #expect(cells.labels.count { $0 != 0 } == map.cellPixels)
    let wide = map.cells(size: 256, margin: 2, keepsScraps: true)
    // One number for each cell of the map: where two have one, or one has two, pairs outnumber cells.
    let pairs = Set(zip(map.closest, wide.labels).filter { $1 != 0 }.map { [Int($0), Int($1)] })
    #expect(pairs.count - wide.cells.count < 3 && wide.cells.count > 20)
    #expect(wide.mask.area > cells.mask.area)
  }

  @Test func `a scrap goes to the neighbour with the longest edge, and a lone one stays`() {
    var cells = LabelImage(width: 8, height: 6) { x, y in
      if (3..<5).contains(x), y < 3 { return 3 }
      if x == 7, y == 5 { return 4 }
      return y > 2 || x == 7 ? 0 : x < 3 ? 1 : 2
    }
    cells[5, 2] = 3
    // Ten pixels beside it at least.
    for x in 0..<3 { cells[x, 3] = 1 }
    for x in 5..<8 { cells[x, 3] = 2 }
    for x in 5..<7 { cells[x, 4] = 2 }
    let least = LabelImage.smallestPiece
    let turns = [cells.mergeScraps(below: least), cells.mergeScraps(below: least)]
    #expect(turns == [true, false])
    #expect(cells.cells == [1, 2, 4])
    #expect(cells[3, 0] == 2 && cells[4, 2] == 2 && cells[7, 5] == 4)
    cells.removeScraps()
    #expect(cells.cells == [1, 2])
  }

  @Test func `scraps beside each other become one and none is lost`() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<50 {
      let noise = LabelImage(width: 17, height: 9) { _, _ in
        UInt16(generator.index(below: 4))
      }
      var cells = noise
      while cells.mergeScraps(below: LabelImage.smallestPiece) {}
      #expect(cells.mask == noise.mask)
      let pieces = Pieces(width: 17, height: 9) { cells.labels[$0] }
      var areas: [Int: Int] = [:]
      for (run, piece) in pieces.runs { areas[piece, default: 0] += run.count }
      for (run, piece) in pieces.runs where (areas[piece] ?? 0) < LabelImage.smallestPiece {
        for index in run where index % 17 > 0 && !run.contains(index - 1) {
          #expect(cells.labels[index - 1] == 0)
        }
        for index in run where index >= 17 {
          #expect([0, cells.labels[index]].contains(cells.labels[index - 17]))
        }
      }
    }
  }

  private func hash(_ settings: SimulationSettings, _ seed: UInt64, _ size: Int) -> String {
    let mask = Simulator(settings).picture(
      seed: seed, size: size, bitDepth: seed.isMultiple(of: 2) ? 8 : 16
    ).cells.mask
    var hash = FNV1a()
    for pixel in mask.pixels { hash.add(UInt64(pixel)) }
    return hash.text
  }
}

extension LabelImage {
  /// An image whose cells are a function of column and row.
  fileprivate init(width: Int, height: Int, label: (_ x: Int, _ y: Int) -> Label) {
    self.init(
      width: width, height: height,
      labels: (0..<width * height).map { label($0 % width, $0 / width) })
  }
}
