import Basics
import Testing

@testable import Imaging

@Suite("Colours of cells")
struct CellColourTests {
  /// Cells of which pixels share an edge or a corner.
  static func touching(_ image: LabelImage) -> Set<[UInt16]> {
    var pairs: Set<[UInt16]> = []
    for y in 0..<image.height {
      for x in 0..<image.width where image[x, y] != 0 {
        for (dx, dy) in [(1, 0), (-1, 1), (0, 1), (1, 1)] {
          guard (0..<image.width).contains(x + dx), y + dy < image.height else { continue }
          let (a, b) = (image[x, y], image[x + dx, y + dy])
          if b != 0, a != b { pairs.insert([min(a, b), max(a, b)]) }
        }
      }
    }
    return pairs
  }

  static func clashes(_ colours: CellColours, _ labels: TiledLabels) -> Int {
    touching(LabelImage(labels)).count { colours[$0[0]] == colours[$0[1]] }
  }

  @Test("Distances of cells are those of their nearest pixels")
  func distances() {
    for seed in UInt64(0)..<10 {
      let image = CellPictures.crowd(70, 61, cells: 30, radius: 1..<6, seed: seed)
      let labels = TiledLabels(image)
      let box = PixelBox(columns: 0..<70, rows: 0..<61)
      var plain: [UInt16: [UInt16: Int]] = [:]
      for (place, label) in image.labels.enumerated() where label != 0 {
        let (x, y) = (place % 70, place / 70)
        for row in max(0, y - 4)...min(60, y + 4) {
          for column in max(0, x - 4)...min(69, x + 4) {
            let other = image[column, row]
            guard other != 0, other != label else { continue }
            let distance = max(abs(row - y), abs(column - x))
            plain[label, default: [:]][other] = min(
              plain[label]?[other] ?? distance, distance)
          }
        }
      }
      #expect((CellDistances(in: labels, box: box, reach: 4).byCell == plain) == true)
      for label in image.cells {
        let own = CellDistances(in: labels, box: box, reach: 4, of: label)
        #expect((own.neighbours(of: label) == plain[label] ?? [:]) == true, "seed \(seed)")
      }
    }
  }

  @Test("Cells that touch differ in a tissue of 2,000, by eight colours and by seven")
  func tissue() {
    for (seed, count) in [(UInt64(1), 8), (2, 8), (3, 7), (4, 7)] {
      let labels = TiledLabels(CellPictures.tissue(640, 640, across: 45, seed: seed))
      let colours = CellColours(of: labels, count: count)
      #expect(Self.clashes(colours, labels) == 0, "seed \(seed)")
      #expect(labels.cells.keys.allSatisfy { (0..<count).contains(colours[$0]) })
      #expect(Set(labels.cells.keys.map { colours[$0] }).count == count)
    }
  }

  @Test("A cell among many small ones takes a colour that these make room for")
  func crowded() {
    var image = LabelImage(width: 90, height: 90)
    for place in 0..<8100 {
      let (x, y) = (place % 90, place / 90)
      let isRim = x < 10 || y < 10 || x >= 80 || y >= 80
      image[x, y] = isRim ? UInt16(1 + x / 10 + y / 10 * 9) : 1_000
    }
    let labels = TiledLabels(image)
    for count in 5...8 {
      #expect(Self.clashes(CellColours(of: labels, count: count), labels) == 0, "\(count) colours")
    }
  }

  @Test("Cells that are near, not only those that touch, differ where colours suffice")
  func near() {
    var image = LabelImage(width: 200, height: 20)
    for cell in 0..<20 {
      for y in 2..<18 {
        image.fill(y * 200 + cell * 10..<y * 200 + cell * 10 + 7, with: UInt16(1 + 8 * cell))
      }
    }
    let colours = CellColours(of: TiledLabels(image))
    let inOrder = (0..<20).map { colours[UInt16(1 + 8 * $0)] }
    #expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $0 != $1 })
  }

  /// Some edit of any kind.
  static func edit(_ labels: TiledLabels, using rng: inout SeededGenerator) -> LabelEdit? {
    let (width, height) = (labels.width, labels.height)
    let some = labels.cells.keys.sorted().shuffled(using: &rng).prefix(2)
    let way = CellPictures.way(3, width, height, step: 40, using: &rng)
    let stroke: LabelStroke? =
      switch rng.index(below: 6) {
      case 0: labels.removal(of: Array(some))
      case 1: labels.merger(of: Array(some))
      case 2: labels.cut(along: way)
      case 3: labels.lasso(around: way, target: .newCell, overwrites: rng.chance(0.5))
      default:
        {
          var pen = CellPen(on: labels, brush: Brush(diameter: 9), overwrites: rng.chance(0.3))
          for point in way { pen.draw(to: point) }
          return LabelStroke(pen.edit)
        }()
      }
    return stroke.flatMap { labels.effect(of: $0) }
  }

  @Test(
    "After any edit cells that touch differ, and only cells that gained pixels or touch such have changed"
  )
  func edits() {
    for seed in UInt64(0)..<12 {
      var rng = SeededGenerator(seed: seed)
      var labels = TiledLabels(
        seed.isMultiple(of: 2)
          ? CellPictures.tissue(200, 180, across: 12, seed: seed)
          : CellPictures.crowd(200, 180, cells: 120, seed: seed))
      var colours = CellColours(of: labels)
      for step in 0..<40 {
        guard let edit = Self.edit(labels, using: &rng) else { continue }
        let before = colours
        labels.apply(edit)
        colours.update(for: edit, on: labels)
        let pairs = Self.touching(LabelImage(labels))
        #expect(pairs.allSatisfy { colours[$0[0]] != colours[$0[1]] }, "seed \(seed) step \(step)")
        let gained = Set(edit.changes.map(\.new)).subtracting([0])
        let beside = Set(pairs.filter { !gained.isDisjoint(with: $0) }.joined())
        let changed = labels.cells.keys.filter { colours[$0] != before[$0] }
        #expect(changed.allSatisfy { gained.contains($0) || beside.contains($0) })
        #expect(changed.count { !gained.contains($0) } <= 2, "seed \(seed) step \(step)")
      }
    }
  }

  @Test("A cell that is deleted and comes back has its colour, as all others have")
  func comesBack() throws {
    var labels = TiledLabels(CellPictures.crowd(200, 180, cells: 120, seed: 7))
    var colours = CellColours(of: labels)
    let before = colours
    for label in labels.cells.keys.sorted() {
      let edit = try #require(labels.removal(of: [label]).flatMap { labels.effect(of: $0) })
      for edit in [edit, edit.inverse] {
        labels.apply(edit)
        colours.update(for: edit, on: labels)
      }
    }
    #expect(colours == before)
  }

  @Test("Cells keep their colours when they are counted anew")
  func renumbered() throws {
    var labels = TiledLabels(CellPictures.crowd(200, 180, cells: 120, seed: 8))
    var colours = CellColours(of: labels)
    let before = CellOrder(of: labels).labels.map { colours[$0] }
    let edit = try #require(labels.stroke(of: labels.renumbering).flatMap { labels.effect(of: $0) })
    labels.apply(edit)
    #expect(colours.update(for: edit, on: labels) == 0, "no cell needs a look")
    #expect(CellOrder(of: labels).labels.map { colours[$0] } == before)
    labels.apply(edit.inverse)
    #expect(colours.update(for: edit.inverse, on: labels) == 0)
  }

  @Test("A stroke looks around the cell that it draws, and a part of a cell is no cell renumbered")
  func looks() {
    var labels = TiledLabels(CellPictures.picture("111.....", "111.....", "111....2"))
    var colours = CellColours(of: labels)
    let drawn = LabelEdit([LabelEdit.Change(5..<6, from: 0, to: 2)])
    labels.apply(drawn)
    #expect(colours.update(for: drawn, on: labels) == 1)
    // The right column of cell 1 becomes a cell: all that it has is from one cell, of which there is a rest.
    let cut = LabelEdit([2, 10, 18].map { LabelEdit.Change($0..<$0 + 1, from: 1, to: 3) })
    labels.apply(cut)
    #expect(colours.update(for: cut, on: labels) > 0)
    #expect(Self.clashes(colours, labels) == 0)
  }
}
