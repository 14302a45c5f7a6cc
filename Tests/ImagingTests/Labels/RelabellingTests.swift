import Basics
import Testing

@testable import Imaging

@Suite("Cells that get other numbers, or become ground, as wholes")
struct RelabellingTests {
  static let sizes = [(1, 1), (64, 64), (65, 63), (200, 129), (300, 7)]

  /// Other numbers for some of the cells: new ones, those of each other, of cells that are not there, and ground.
  static func relabelling(_ labels: TiledLabels, using rng: inout SeededGenerator) -> Relabelling {
    let cells = labels.cells.keys.sorted()
    let some = cells.filter { _ in rng.index(below: 3) > 0 }
    let share = rng.index(below: 3)
    let shuffled = some.shuffled(using: &rng)
    var numbers: [LabelImage.Label: LabelImage.Label] = [60_000: 1]
    for (old, new) in zip(some, shuffled) {
      numbers[old] = rng.index(below: 6) < share ? 0 : rng.index(below: 5) == 0 ? new + 400 : new
    }
    return Relabelling(numbers)
  }

  /// Compares with the same pixels drawn run by run.
  static func expectAlike(
    _ found: TiledLabels, _ drawn: TiledLabels, _ comment: @autoclosure () -> Comment
  ) {
    #expect((found == drawn) == true, comment())
    #expect((found.mask == drawn.mask) == true, comment())
    #expect((LabelImage(found) == LabelImage(drawn)) == true, comment())
    #expect(found.cells.mapValues(\.area) == drawn.cells.mapValues(\.area), comment())
    #expect(found.cells.mapValues(\.centroid) == drawn.cells.mapValues(\.centroid), comment())
    for label in found.cells.keys {
      #expect((found.runs(of: label) == drawn.runs(of: label)) == true, comment())
    }
    for shift in 0...TiledMask.largestBlockShift {
      let columns = 0..<(found.width - 1) >> shift + 1
      let rows = 0..<(found.height - 1) >> shift + 1
      #expect(
        (found.blocks(shift: shift, columns: columns, rows: rows)
          == CellBlockTests.expected(LabelImage(drawn), shift: shift, columns, rows)) == true,
        comment())
    }
  }

  @Test(
    "A relabelling does what drawing its cells run by run does, again and again", arguments: sizes)
  func alike(size: (Int, Int)) throws {
    for seed in UInt64(0)..<6 {
      var rng = SeededGenerator(seed: seed)
      var labels = TiledLabels(
        CellPictures.crowd(size.0, size.1, cells: size.0 * size.1 / 150 + 1, seed: seed))
      var drawn = labels
      for step in 0..<8 {
        // Blocks that are worked out before are taken along; where they are not, pixels wait.
        if rng.index(below: 2) == 0 { labels.prepareBlocks() }
        let (before, plainBefore) = (labels, drawn)
        if step % 4 == 3 {
          let edit = try #require(CellBlockTests.edit(labels, using: &rng))
          labels.apply(edit)
          drawn.apply(edit)
        } else if let effect = labels.effect(of: Self.relabelling(labels, using: &rng)) {
          let edit = labels.stroke(of: effect).flatMap { plainBefore.effect(of: $0) }
          labels.apply(effect)
          if let edit { drawn.apply(edit) }
          if !effect.removesCells {
            var back = labels
            back.apply(effect.inverse)
            #expect((back == before) == true, "seed \(seed) step \(step)")
          }
        }
        // Some steps follow each other without a look at the pixels in between.
        guard rng.index(below: 2) == 0 || step == 7 else { continue }
        Self.expectAlike(labels, drawn, "seed \(seed) step \(step)")
        Self.expectAlike(before, plainBefore, "before, seed \(seed) step \(step)")
      }
    }
  }

  @Test("Numbers that come back bring the pixels back as they were, without a copy of them")
  func inverse() throws {
    let labels = TiledLabels(CellPictures.tissue(200, 200, across: 9, seed: 3))
    let relabelling = Relabelling(
      Dictionary(uniqueKeysWithValues: labels.cells.keys.map { ($0, $0 + 7) }))
    var other = labels
    for _ in 0..<3 {
      other.apply(try #require(other.effect(of: relabelling)))
      #expect((other == labels) == false)
      other.apply(relabelling.inverse)
      #expect((other == labels) == true)
    }
  }

  @Test("Under other numbers no tile is looked at again, not even where two cells share a block")
  func blocks() throws {
    // Columns of two cells in turn, four pixels wide: half of each block of eight is of either.
    let image = LabelImage(
      width: 128, height: 128, labels: (0..<128 * 128).map { UInt16($0 % 8 < 4 ? 1 : 2) })
    let labels = TiledLabels(image)
    labels.prepareBlocks()
    var (other, plain) = (labels, image)
    for numbers: [LabelImage.Label: LabelImage.Label] in [[1: 9], [2: 5], [9: 3, 5: 4], [4: 1]] {
      other.apply(try #require(other.effect(of: Relabelling(numbers))))
      for index in plain.labels.indices {
        let label = plain.labels[index]
        plain[index % 128, index / 128] = numbers[label] ?? label
      }
      #expect(CellBlockTests.looks(other) == 0)
      Self.expectAlike(other, TiledLabels(plain), "\(numbers)")
    }
    #expect(CellBlockTests.looks(labels) == 0)
  }

  @Test(
    "What gives two cells one number has no effect, and what names cells that are not there none on them"
  )
  func effects() {
    let labels = TiledLabels(CellPictures.picture("11.2", "...3"))
    #expect(labels.effect(of: Relabelling([1: 2])) == nil)
    #expect(labels.effect(of: Relabelling([1: 9, 2: 9])) == nil)
    #expect(labels.effect(of: Relabelling([1: 2, 2: 1])) == Relabelling([1: 2, 2: 1]))
    #expect(labels.effect(of: Relabelling([1: 2, 2: 0])) == Relabelling([1: 2, 2: 0]))
    #expect(labels.effect(of: Relabelling([7: 3, 1: 4])) == Relabelling([1: 4]))
    #expect(labels.effect(of: Relabelling([7: 0, 0: 5, 1: 1])) == Relabelling([:]))
    #expect(Relabelling([0: 5, 1: 1]).isEmpty)
  }

  @Test("What turns cells into others is worked out unless more than so many tiles differ")
  func differences() throws {
    let labels = TiledLabels(CellPictures.tissue(130, 130, across: 6, seed: 1))
    var other = labels
    #expect(labels.edit(to: other, mostTiles: 0) == labels.edit(to: other))
    other.apply(LabelEdit([LabelEdit.Change(0..<1, from: labels[0, 0], to: 900)]))
    #expect(labels.edit(to: other, mostTiles: 0) == nil)
    #expect(labels.edit(to: other, mostTiles: 1) == labels.edit(to: other))
    var third = labels
    third.apply(
      Relabelling(Dictionary(uniqueKeysWithValues: labels.cells.keys.map { ($0, $0 + 99) })))
    #expect(labels.edit(to: third, mostTiles: 8) == nil)
    #expect(labels.edit(to: third, mostTiles: 9) == labels.edit(to: third))
  }

  @Test("Cells keep their colours under other numbers, as when they are drawn run by run")
  func colours() throws {
    for seed in UInt64(0)..<6 {
      var rng = SeededGenerator(seed: seed)
      var labels = TiledLabels(CellPictures.crowd(200, 180, cells: 90, seed: seed))
      let before = CellColours(of: labels)
      var (found, drawn) = (before, before)
      guard let effect = labels.effect(of: Self.relabelling(labels, using: &rng)) else { continue }
      let edit = try #require(labels.stroke(of: effect).flatMap { labels.effect(of: $0) })
      labels.apply(effect)
      found.update(for: effect)
      drawn.update(for: edit, on: labels)
      for label in labels.cells.keys { #expect(found[label] == drawn[label], "seed \(seed)") }
    }
  }
}
