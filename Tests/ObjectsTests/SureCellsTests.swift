import Imaging
import Objects
import Testing

struct SureCellsTests {
  private static func mask(_ boxes: [(x: Int, y: Int, width: Int, height: Int)]) -> Mask {
    var mask = Mask(width: 100, height: 80)
    for box in boxes {
      for y in box.y..<box.y + box.height {
        mask.fill(y * 100 + box.x..<y * 100 + box.x + box.width, with: true)
      }
    }
    return mask
  }

  /// The areas of what is taken for one cell each.
  private static func sure(_ mask: Mask) throws -> [Int] {
    let pieces = SureCells(piecesOf: mask)
    let usual = try #require(SureCells.usualArea(of: [pieces]))
    return pieces.cells(usualArea: usual).areas.values.sorted()
  }

  @Test func `two cells that touch are no cell, beside others of the usual size that are`() throws {
    // The two touch by a corner: twice the usual area, and two thirds of their hull.
    let mask = Self.mask([
      (5, 5, 10, 10), (25, 5, 10, 10), (45, 5, 10, 10), (60, 30, 10, 10), (70, 40, 10, 10),
    ])
    #expect(try Self.sure(mask) == [100, 100, 100])
    let cells = SureCells(piecesOf: mask).cells(usualArea: 100)
    #expect(cells.cells.count == 3 && cells[5, 5] != cells[25, 5])
    #expect(cells[65, 35] == 0 && cells[75, 45] == 0)
  }

  @Test func `what is much smaller or larger than usual is no cell, however even its outline`()
    throws
  {
    // The usual area is 100: 36 and 300 are out, 50 and 200 are in.
    let mask = Self.mask([
      (5, 5, 10, 10), (25, 5, 10, 10), (45, 5, 10, 10), (65, 5, 6, 6), (5, 30, 30, 10),
      (45, 30, 10, 5), (65, 30, 20, 10),
    ])
    #expect(try Self.sure(mask) == [50, 100, 100, 100, 200])
  }

  @Test func `what the border cuts does not say what is usual, and may be a cell`() throws {
    // Without those at the border the areas are 36, 100, 100 and 300: usual is 100. With them it were 240, and
    // 300 a cell.
    let mask = Self.mask([
      (5, 5, 10, 10), (25, 5, 10, 10), (65, 5, 6, 6), (5, 30, 30, 10),
      (0, 68, 20, 12), (30, 68, 20, 12), (60, 68, 20, 12), (80, 30, 20, 12),
    ])
    #expect(try Self.sure(mask) == [100, 100, 240, 240, 240, 240])
  }

  @Test
  func `where the border cuts all, all say what is usual, and nothing does where there is none`() {
    let cut = SureCells(piecesOf: Self.mask([(0, 0, 10, 10), (30, 0, 10, 12)]))
    #expect(SureCells.usualArea(of: [cut]) == 110)
    let none = SureCells(piecesOf: Self.mask([]))
    #expect(SureCells.usualArea(of: [none]) == nil)
    #expect(SureCells.usualArea(of: [none, cut]) == 110)
    #expect(none.cells(usualArea: 100).cells.isEmpty)
  }

  @Test func `a disc is one cell`() {
    var mask = Mask(width: 40, height: 40)
    for y in 0..<40 {
      for x in 0..<40 {
        let (dx, dy) = (x - 20, y - 20)
        mask[x, y] = dx * dx + dy * dy <= 100
      }
    }
    let pieces = SureCells(piecesOf: mask)
    #expect(pieces.cells(usualArea: Double(mask.area)).areas == [1: mask.area])
  }
}
