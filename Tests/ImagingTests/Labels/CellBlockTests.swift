import Basics
import Testing

@testable import Imaging

@Suite("Cells in blocks, for drawing")
struct CellBlockTests {
  static let sizes = [(1, 1), (64, 64), (65, 63), (63, 130), (200, 129), (7, 300), (300, 7)]

  /// A block worked out of its pixels.
  static func block(_ image: LabelImage, _ xs: Range<Int>, _ ys: Range<Int>) -> CellBlock {
    var counts: [UInt16: Int] = [:]
    var (hasSeam, hasOutline) = (false, false)
    for y in ys {
      for x in xs where image[x, y] != 0 {
        let label = image[x, y]
        counts[label, default: 0] += 1
        let behind =
          (x + 1 < image.width ? [image[x + 1, y]] : [])
          + (y + 1 < image.height ? [image[x, y + 1]] : [])
        let around = CellPictures.neighbours(
          of: y * image.width + x, width: image.width, height: image.height)
        hasSeam = hasSeam || behind.contains { $0 != 0 && $0 != label }
        hasOutline = hasOutline || around.contains { image.labels[$0] == 0 }
      }
    }
    let most = counts.values.max()
    let label = counts.filter { $0.value == most }.keys.min() ?? 0
    return CellBlock(label: label, hasSeam: hasSeam, hasOutline: hasOutline)
  }

  static func expected(
    _ image: LabelImage, shift: Int, _ columns: Range<Int>, _ rows: Range<Int>
  ) -> [CellBlock] {
    rows.flatMap { row in
      columns.map { column in
        block(
          image, column << shift..<min(image.width, (column + 1) << shift),
          row << shift..<min(image.height, (row + 1) << shift))
      }
    }
  }

  static func edit(_ labels: TiledLabels, using rng: inout SeededGenerator) -> LabelEdit? {
    let start = rng.index(below: labels.pixelCount)
    let end = min(labels.pixelCount, start + 1 + rng.index(below: 1 + labels.pixelCount / 15))
    return labels.effect(
      of: LabelStroke([LabelStroke.Part(UInt16(rng.index(below: 4)), [start..<end])]))
  }

  /// How many tiles have to be looked at to draw cells in large blocks.
  static func looks(_ labels: TiledLabels) -> Int {
    var count = 0
    for tile in labels.tiles {
      _ = tile.blocks(shift: TiledMask.largestBlockShift) {
        count += 1
        return BlockLevels(Array(repeating: [], count: 4))
      }
    }
    return count
  }

  /// Copies share what was worked out: each is asked before and after the other is drawn on.
  @Test(
    "Blocks show what their pixels show, in a picture and its copies, after any edit",
    arguments: sizes)
  func blocks(size: (Int, Int)) throws {
    for seed in UInt64(0)..<8 {
      var rng = SeededGenerator(seed: seed)
      var labels = TiledLabels(
        CellPictures.crowd(size.0, size.1, cells: size.0 * size.1 / 150 + 1, seed: seed))
      for step in 0..<6 {
        let before = labels
        let shift = rng.index(below: TiledMask.largestBlockShift + 1)
        let across = (size.0 - 1) >> shift + 1
        let down = (size.1 - 1) >> shift + 1
        let columns = rng.index(below: across)..<across
        let rows = rng.index(below: down)..<down
        if step.isMultiple(of: 2) { _ = before.blocks(shift: shift, columns: columns, rows: rows) }
        labels.apply(try #require(Self.edit(labels, using: &rng)))
        for copy in [labels, before, labels] {
          let plain = Self.expected(LabelImage(copy), shift: shift, columns, rows)
          let found = copy.blocks(shift: shift, columns: columns, rows: rows)
          #expect((found == plain) == true, "seed \(seed) step \(step) shift \(shift)")
        }
      }
    }
  }

  @Test("A seam along the side of two blocks is of one, and the picture's border is no outline")
  func seam() {
    let labels = TiledLabels(
      LabelImage(
        width: 128, height: 64, labels: (0..<8192).map { $0 % 128 < 64 ? 1 : 2 }))
    let blocks = labels.blocks(shift: 6, columns: 0..<2, rows: 0..<1)
    #expect(
      blocks == [
        CellBlock(label: 1, hasSeam: true, hasOutline: false),
        CellBlock(label: 2, hasSeam: false, hasOutline: false),
      ])
    #expect(labels.blocks(shift: 3, columns: 0..<0, rows: 0..<8).isEmpty)
  }

  @Test(
    "After an edit only the tiles that it touches, and those beside its pixels, are looked at again"
  )
  func remembered() throws {
    var labels = TiledLabels(CellPictures.tissue(640, 640, across: 45, seed: 1))
    #expect(labels.cells.count > 1_900)
    _ = labels.blocks(shift: 4, columns: 0..<40, rows: 0..<40)
    func forgotten(_ labels: TiledLabels) -> [Int] {
      labels.tiles.indices.filter { place in
        var isMade = false
        _ = labels.tiles[place].blocks(shift: 4) {
          isMade = true
          return BlockLevels(Array(repeating: [], count: 4))
        }
        return isMade
      }
    }
    #expect(forgotten(labels).isEmpty)
    let before = labels
    // Row 64 is the first of a tile, column 200 inside of one.
    let run = 64 * 640 + 200..<64 * 640 + 203
    labels.apply(
      try #require(labels.effect(of: LabelStroke([LabelStroke.Part(0, [run])]))))
    #expect(forgotten(labels) == [3, 13])
    #expect(forgotten(before).isEmpty)
  }

  @Test(
    "Blocks that were prepared are at hand in copies, but for those of tiles that were drawn on")
  func prepared() {
    let labels = TiledLabels(CellPictures.tissue(200, 200, across: 9, seed: 3))
    labels.prepareBlocks()
    var copy = labels
    #expect(Self.looks(copy) == 0)
    let place = 10 * 200 + 10
    copy.apply(LabelEdit([LabelEdit.Change(place..<place + 1, from: copy[10, 10], to: 500)]))
    #expect(Self.looks(copy) == 1)
    #expect(Self.looks(labels) == 0)
  }

  @Test("Tiles that are shared show their own blocks where those beside them differ")
  func shared() {
    let image = CellPictures.tissue(130, 130, across: 5, seed: 4)
    let labels = TiledLabels(image)
    labels.prepareBlocks()
    var changed = image
    changed[64, 5] = 999
    var other = TiledLabels(changed)
    other.share(tilesOf: labels)
    #expect((other == TiledLabels(changed)) == true)
    for shift in 0...TiledMask.largestBlockShift {
      let blocks = 0..<129 >> shift + 1
      #expect(
        (other.blocks(shift: shift, columns: blocks, rows: blocks)
          == Self.expected(changed, shift: shift, blocks, blocks)) == true)
    }
  }
}
