import Basics
import Testing

@testable import Imaging

@Suite("Merging, removing and adopting cells")
struct CellMergerTests {
  static let (width, height) = (120, 101)

  static func some(
    _ count: Int, of image: LabelImage, using rng: inout SeededGenerator
  ) -> [UInt16] {
    Array(image.cells.shuffled(using: &rng).prefix(count))
  }

  @Test(
    "Merged cells have one number and all their pixels, and others theirs",
    arguments: [false, true])
  func mergers(closesGaps: Bool) throws {
    for seed in UInt64(0)..<30 {
      var rng = SeededGenerator(seed: seed)
      let image = CellPictures.crowd(Self.width, Self.height, cells: 60, seed: seed)
      let labels = TiledLabels(image)
      let merged = Self.some(2 + rng.index(below: 12), of: image, using: &rng)
      let kept = rng.chance(0.5) ? merged[0] : nil
      let stroke = try #require(
        labels.merger(of: merged + [merged[1], 65_000], keeping: kept, closesGaps: closesGaps))
      let drawn = try #require(labels.drawn(stroke))
      #expect(drawn.isTakenBack)
      let number = try #require(kept ?? merged.min())
      let expected = image.labels.indices.map { place -> UInt16 in
        let old = image.labels[place]
        if merged.contains(old) { return number }
        guard closesGaps, old == 0 else { return old }
        let (x, y) = (place % Self.width, place / Self.width)
        var around: Set<UInt16> = []
        for row in max(0, y - 1)...min(Self.height - 1, y + 1) {
          for column in max(0, x - 1)...min(Self.width - 1, x + 1) {
            around.insert(image[column, row])
          }
        }
        return around.intersection(merged).count > 1 ? number : 0
      }
      #expect((LabelImage(drawn.labels).labels == expected) == true, "seed \(seed)")
    }
  }

  @Test("A gap of one pixel between two cells is closed")
  func gap() throws {
    let labels = TiledLabels(CellPictures.picture("33..44", "333.44", "33.444", "......"))
    let stroke = try #require(labels.merger(of: [4, 3], keeping: 4, closesGaps: true))
    #expect(
      try #require(labels.drawn(stroke)).labels
        == TiledLabels(CellPictures.picture("44.444", "444444", "444444", "..4...")))
  }

  @Test("Fewer than two cells that are there are no merger")
  func few() {
    let labels = TiledLabels(CellPictures.picture("12"))
    #expect(labels.merger(of: [1]) == nil && labels.merger(of: [2, 7, 0, 2]) == nil)
    #expect(labels.merger(of: [1, 2], keeping: 5) == nil)
  }

  @Test("Removed cells are ground, all others as they were")
  func removals() throws {
    for seed in UInt64(0)..<15 {
      var rng = SeededGenerator(seed: seed)
      let image = CellPictures.crowd(Self.width, Self.height, cells: 60, seed: seed)
      let labels = TiledLabels(image)
      let chosen = Self.some(7, of: image, using: &rng)
      let removed = try #require(labels.drawn(labels.removal(of: chosen + [65_000])))
      let kept = try #require(labels.drawn(labels.stroke(of: labels.removal(ofAllBut: chosen))))
      #expect(removed.isTakenBack && kept.isTakenBack)
      #expect(
        (LabelImage(removed.labels).labels == image.labels.map { chosen.contains($0) ? 0 : $0 })
          == true)
      #expect(
        (LabelImage(kept.labels).labels == image.labels.map { chosen.contains($0) ? $0 : 0 })
          == true)
      #expect(removed.labels.removal(of: chosen) == nil)
      #expect(kept.labels.removal(ofAllBut: chosen) == nil)
    }
  }

  @Test("Specks go, be they cells or pieces of one, and nothing as large as the bound")
  func specks() throws {
    for seed in UInt64(0)..<15 {
      let image = CellPictures.crowd(Self.width, Self.height, cells: 90, seed: seed)
      let labels = TiledLabels(image)
      var expected = image
      for label in image.cells {
        let pieces = Components(of: image.mask(of: label))
        for (place, number) in pieces.labels.enumerated()
        where number > 0 && pieces.areas[Int(number) - 1] < 20 {
          expected.fill(place..<place + 1, with: 0)
        }
      }
      let drawn = try #require(labels.drawn(labels.removal(ofSpecksUnder: 20)))
      #expect(drawn.isTakenBack)
      #expect((LabelImage(drawn.labels) == expected) == true, "seed \(seed)")
      #expect(drawn.labels.removal(ofSpecksUnder: 20) == nil)
      #expect(labels.removal(ofSpecksUnder: 1) == nil)
    }
  }

  @Test("Adopted cells take ground alone, under numbers that were free")
  func adoptions() throws {
    for seed in UInt64(0)..<30 {
      var rng = SeededGenerator(seed: seed)
      let image = CellPictures.crowd(Self.width, Self.height, cells: 20, seed: seed)
      let proposed = CellPictures.crowd(Self.width, Self.height, cells: 40, seed: seed + 50)
      let labels = TiledLabels(image)
      let chosen = Self.some(9, of: proposed, using: &rng)
      guard
        let stroke = labels.adoption(
          of: chosen + [chosen[0], 65_000], from: TiledLabels(proposed), share: 0.7)
      else { continue }
      let drawn = try #require(labels.drawn(stroke))
      #expect(drawn.isTakenBack)
      let after = LabelImage(drawn.labels)
      var expected = image
      var free = FreeLabels(besides: Set(image.cells))
      for label in chosen.sorted() {
        let places = proposed.labels.indices.filter { proposed.labels[$0] == label }
        let ground = places.filter { image.labels[$0] == 0 }
        guard Double(ground.count) >= 0.7 * Double(places.count) else { continue }
        let next = free.next()
        let number = try #require(next)
        for place in ground { expected.fill(place..<place + 1, with: number) }
      }
      #expect((after == expected) == true, "seed \(seed)")
    }
  }

  @Test("A cell that is here already is not adopted once more, and an empty picture takes all")
  func adoptedTwice() throws {
    let proposal = TiledLabels(CellPictures.crowd(60, 50, cells: 9, seed: 3))
    let empty = TiledLabels(width: 60, height: 50)
    let all = Array(proposal.cells.keys)
    let once = try #require(
      empty.drawn(empty.adoption(of: all, from: proposal))
    ).labels
    #expect(once.cells.values.map(\.area).sorted() == proposal.cells.values.map(\.area).sorted())
    #expect(once.adoption(of: all, from: proposal) == nil)
    #expect(once.adoption(of: all, from: proposal, share: 0) == nil)
  }
}
