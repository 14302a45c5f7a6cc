import Basics
import Foundation
import Testing

@testable import Imaging

/// Masks whose cells are told apart, and those whose are not.
struct AnnotationTests {
  private static let cells = LabelImage(width: 4, height: 2, labels: [7, 7, 0, 300, 0, 7, 0, 300])

  @Test func `an annotation gives cells as they are told apart, or the pieces of its mask`() {
    #expect(Annotation(Self.cells).mask == Self.cells.mask)
    #expect(Annotation(Self.cells).objects == Self.cells)
    let blind = Annotation(Self.cells.mask)
    #expect(blind.cells == nil && blind != Annotation(Self.cells))
    #expect(blind.objects.labels == [1, 1, 0, 2, 0, 1, 0, 2])
    #expect(Annotation(Mask(width: 3, height: 2)).objects == LabelImage(width: 3, height: 2))
    #expect(LabelImage(piecesOf: Mask(width: 0, height: 0)).labels.isEmpty)
  }

  @Test func `as many pieces as there are numbers are all kept apart`() throws {
    // Dots in every other column and row: 255 times 257 of them, one less than numbers and ground.
    let mask = Self.dots(columns: 255, rows: 257)
    #expect(mask.area == 65_535)
    let cells = LabelImage(piecesOf: mask)
    #expect(cells == LabelImage(componentsOf: mask))
    #expect(cells.cells.count == 65_535 && cells.labels.max() == 65_535)
  }

  @Test func `of more pieces the largest are kept apart, and no pixel is lost`() {
    // Two rows of pieces in addition, of two pixels and of three.
    var mask = Self.dots(columns: 256, rows: 260)
    for column in 0..<200 {
      mask[2 * column, 519] = true
      if column < 100 { mask[2 * column, 517] = true }
    }
    let cells = LabelImage(piecesOf: mask)
    #expect(cells.mask == mask)
    let areas = cells.areas
    #expect(areas.count == 65_535)
    let all = Pieces(of: mask).count
    #expect(all == 256 * 260 - 100)
    // What is left is of one pixel each.
    #expect(areas[65_535] == all - 65_534)
    #expect(areas.values.count { $0 == 2 } == 100 && areas.values.count { $0 == 4 } == 100)
    // Counted in the order of first pixels, of equal ones the first.
    #expect(cells.labels.prefix(5) == [1, 0, 2, 0, 3])
    var last: LabelImage.Label = 0
    for label in cells.labels where label > last && label < 65_535 {
      #expect(label == last + 1)
      last = label
    }
  }

  private static func dots(columns: Int, rows: Int) -> Mask {
    var mask = Mask(width: 2 * columns, height: 2 * rows)
    for y in 0..<rows { for x in 0..<columns { mask[2 * x, 2 * y] = true } }
    return mask
  }

  @Test func `cells of 16 bits keep numbers and what nobody annotated, as a project has them`()
    throws
  {
    let folder = try TemporaryFolder()
    for seed in UInt64(0)..<10 {
      var generator = SeededGenerator(seed: seed)
      let drawn = DrawnCells(seed: seed)
      let cells = LabelImage(
        width: drawn.width, height: drawn.height, labels: drawn.labels.map { UInt16($0 * 900) })
      let pixels = cells.labels.map { label in
        label == 0 && generator.index(below: 5) == 0 ? 1 : 0 as UInt8
      }
      let unknown = Mask(width: cells.width, height: cells.height, pixels: pixels)
      for annotation in [Annotation(cells), Annotation(cells, unknown: unknown)] {
        let url = try folder.write(annotation.png, as: "m.png")
        #expect(try MaskFile.read(url, rule: .project) == annotation, "seed \(seed)")
        #expect(try ImageFile.read(url).values == cells.labels.map { Float($0) })
      }
      let blind = Annotation(cells.mask, unknown: unknown)
      let url = try folder.write(blind.png, as: "m.png")
      #expect(blind.png == MaskFile.encode(blind))
      #expect(try MaskFile.read(url, rule: .project) == blind)
    }
  }

  @Test func `what nobody annotated comes back whatever the numbers are taken for`() throws {
    let folder = try TemporaryFolder()
    let unknown = Mask(width: 4, height: 2, pixels: [0, 0, 1, 0, 1, 0, 0, 0])
    let url = try folder.write(LabelFile.encode(Self.cells, unknown: unknown), as: "m.png")
    for rule in [MaskRule.labels, MaskRule(), MaskRule.project] {
      let found = try MaskFile.read(url, rule: rule)
      #expect(found.mask == Self.cells.mask && found.unknown == unknown)
      #expect((found.cells == nil) == (rule == MaskRule()))
    }
    // What is cell is annotated.
    let said = try MaskValues("ground=7")
    let other = try MaskFile.read(url, rule: try #require(said.rule(for: .values)))
    #expect(other.mask.area == 5 && other.unknown == nil)
  }

  @Test func `masks of 8 bits and of colours tell no cells apart in a project`() throws {
    let folder = try TemporaryFolder()
    let labels = Image(width: 4, height: 1, bitDepth: 8, values: [0, 1, 2, 300])
    let url = try folder.write(PNG.encode(labels), as: "m.png")
    #expect(try MaskFile.read(url, rule: .project).cells == nil)
    let deep = try folder.write(TIFF.encode(labels, bitDepth: 16), as: "m.tif")
    #expect(try MaskFile.read(deep, rule: .project).cells?.labels == [0, 1, 2, 300])
  }

  @Test func `numbers too large are counted anew in their order, and too many are refused`() throws
  {
    let folder = try TemporaryFolder()
    let large = Image(width: 4, height: 1, bitDepth: 32, values: [70_000, 0, 4, 1_000_000])
    let url = try folder.write(TIFF.encode(large, bitDepth: 32), as: "m.tif")
    #expect(try MaskFile.read(url, rule: .labels).cells?.labels == [2, 0, 1, 3])
    let many = Image(
      width: 256, height: 257, bitDepth: 32, values: (0..<256 * 257).map { Float($0) })
    let file = try folder.write(TIFF.encode(many, bitDepth: 32), as: "many.tif")
    let error = #expect(throws: ImagingError.tooManyCells(file: "many.tif", count: 65_791)) {
      try MaskFile.read(file, rule: .labels)
    }
    #expect(
      error?.description.hasPrefix("many.tif has 65791 different cells, and 65535 of ") == true)
    // One that tells no cells apart is read.
    #expect(try MaskFile.read(file, rule: MaskRule(isSaid: true)).mask.area == 65_791)
  }

  @Test func `a crop has the cells that lie in it, and what nobody annotated there`() {
    let unknown = Mask(width: 4, height: 2, pixels: [0, 0, 1, 0, 1, 0, 0, 0])
    let crop = Annotation(Self.cells, unknown: unknown).cropped(x: 1, y: 0, width: 3, height: 2)
    #expect(crop.cells?.labels == [7, 0, 300, 7, 0, 300])
    #expect(crop.unknown?.pixels == [0, 1, 0, 0, 0, 0])
    #expect(Annotation(Self.cells.mask).cropped(x: 1, y: 0, width: 1, height: 1).cells == nil)
  }
}
