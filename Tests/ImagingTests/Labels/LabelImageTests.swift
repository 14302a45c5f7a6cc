import Basics
import Testing

@testable import Imaging

@Suite("Label images")
struct LabelImageTests {
  /// A picture of digits, a row a string; spaces and dots are ground.
  static func picture(_ rows: String...) -> LabelImage {
    LabelImage(
      width: rows[0].count, height: rows.count,
      labels: rows.flatMap { $0.map { UInt16($0.wholeNumberValue ?? 0) } })
  }

  @Test("Components touch by edges and corners and count in the order of first pixels")
  func components() throws {
    let mask = Self.picture(
      "1..1",
      ".1.1",
      "....",
      "11.1",
      ".111"
    ).mask
    let found = try #require(LabelImage(componentsOf: mask))
    #expect(
      found
        == Self.picture(
          "1..2",
          ".1.2",
          "....",
          "33.3",
          ".333"))
  }

  @Test("Components that meet only further down are one")
  func horseshoe() throws {
    let mask = Self.picture("1.1.1", "1.1.1", "11.11", "..1..").mask
    #expect(try #require(LabelImage(componentsOf: mask)).cells == [1])
  }

  @Test("Numbers that do not fit are counted anew")
  func largeNumbers() throws {
    let image = try #require(LabelImage(width: 3, height: 1, numbers: [70_000, 0, 9]))
    #expect(image.labels == [2, 0, 1])
    let kept = try #require(LabelImage(width: 3, height: 1, numbers: [65_535, 0, 9]))
    #expect(kept.labels == [65_535, 0, 9])
    #expect(LabelImage(width: 65_536, height: 1, numbers: Array(1...65_536)) == nil)
  }

  @Test("Tiles hold what the picture holds, and give it back")
  func tiles() {
    var generator = SeededGenerator(seed: 4)
    let image = Self.random(width: 150, height: 131, using: &generator)
    let tiled = TiledLabels(image)
    #expect((LabelImage(tiled) == image) == true)
    #expect(Mask(tiled.mask) == image.mask)
    #expect(tiled.cells.mapValues(\.area) == image.areas)
    for label in image.cells {
      let box = image.mask(of: label).box
      #expect(tiled.box(of: label)?.columns == box?.columns)
      #expect(tiled.box(of: label)?.rows == box?.rows)
      #expect(tiled.runs(of: label).reduce(0) { $0 + $1.count } == image.areas[label])
    }
  }

  @Test("Strokes change what they should, and their inverse takes all of it back")
  func strokes() throws {
    var generator = SeededGenerator(seed: 9)
    let first = Self.random(width: 150, height: 131, using: &generator)
    var (image, tiled) = (first, TiledLabels(first))
    var edits: [LabelEdit] = []
    for _ in 0..<60 {
      let parts = (0..<1 + generator.index(below: 3)).map { _ in
        LabelStroke.Part(
          UInt16(generator.index(below: 6)),
          (0..<3).map { _ in
            let start = generator.index(below: image.labels.count - 400)
            return start..<start + generator.index(below: 400)
          })
      }
      for part in parts { for run in part.runs { image.fill(run, with: part.label) } }
      let before = tiled
      let edit = try #require(tiled.effect(of: LabelStroke(parts)))
      tiled.apply(edit)
      #expect((LabelImage(tiled) == image) == true)
      #expect((before.edit(to: tiled) == edit) == true)
      #expect((tiled == TiledLabels(image)) == true)
      #expect(tiled.cells.mapValues(\.area) == image.areas)
      edits.append(edit)
    }
    for edit in edits.reversed() { tiled.apply(edit.inverse) }
    #expect(tiled == TiledLabels(first))
    #expect(LabelImage(tiled) == first)
  }

  @Test(
    "Of parts that have the same pixels the last counts, be runs in any order or over each other")
  func parts() throws {
    for seed in UInt64(0)..<40 {
      var generator = SeededGenerator(seed: seed)
      var image = Self.random(width: 40, height: 33, using: &generator)
      let tiled = TiledLabels(image)
      let parts = (0..<1 + generator.index(below: 9)).map { _ in
        LabelStroke.Part(
          UInt16(generator.index(below: 4)),
          (0..<generator.index(below: 7)).map { _ in
            let start = generator.index(below: image.labels.count)
            return start..<min(image.labels.count, start + generator.index(below: 300))
          })
      }
      for part in parts { for run in part.runs { image.fill(run, with: part.label) } }
      let edit = try #require(tiled.effect(of: LabelStroke(parts)))
      #expect((edit == tiled.edit(to: TiledLabels(image))) == true, "seed \(seed)")
    }
  }

  @Test("A stroke that reaches beyond the picture has no effect")
  func beyond() {
    let tiled = TiledLabels(width: 8, height: 8)
    #expect(tiled.effect(of: LabelStroke([LabelStroke.Part(1, [60..<70])])) == nil)
  }

  private static func random(
    width: Int, height: Int, using generator: inout SeededGenerator
  ) -> LabelImage {
    var image = LabelImage(width: width, height: height)
    for _ in 0..<40 {
      let (x, y) = (generator.index(below: width - 20), generator.index(below: height - 20))
      let label = UInt16(1 + generator.index(below: 9))
      for row in y..<y + 1 + generator.index(below: 20) {
        image.fill(row * width + x..<row * width + x + 20, with: label)
      }
    }
    return image
  }
}
