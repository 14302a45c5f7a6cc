import Screen
import Testing

struct GridTests {
  private let style = Theme.dark.style(.text)

  @Test func `writes outside are dropped`() {
    var grid = Grid(size: Size(columns: 4, rows: 2), style: style)
    grid.write("abcdef", column: -2, row: 0, style: style)
    grid.write("xyz", column: 3, row: 1, style: style)
    grid.write("never", column: 0, row: 2, style: style)
    grid.write("cut", column: 0, row: 1, style: style, columns: 2)
    #expect(grid.text(row: 0) == "cdef")
    #expect(grid.text(row: 1) == "cu x")
    #expect(grid[9, 9] == nil)
    #expect(Grid(size: Size(columns: -3, rows: 5), style: style).cells.isEmpty)
  }

  @Test func `wide characters take two cells and control characters are made visible`() {
    var grid = Grid(size: Size(columns: 6, rows: 1), style: style)
    grid.write("漢\u{1B}[字", column: 0, row: 0, style: style)
    #expect(grid[0, 0]?.character == "漢")
    #expect(grid[1, 0]?.character == Cell.continuation)
    #expect(grid[2, 0]?.character == "\u{FFFD}")
    #expect(grid[4, 0]?.character == "字")
    grid.write("ab漢", column: 3, row: 0, style: style)
    #expect(grid[5, 0]?.character != "漢", "half of a wide character must not be written")
  }

  @Test func `texts are fitted by cells`() {
    #expect("漢字".columns == 4)
    #expect("漢字x".fitted(to: 4) == "漢…")
    #expect("abc".fitted(to: 3) == "abc")
    #expect("abcd".fitted(to: 3) == "ab…")
    #expect("abcd".fitted(to: 0) == "")
    #expect("folder/image.tif".fittedToEnd(of: 10) == "…image.tif")
    #expect("7".padded(to: 3, alignedRight: true) == "  7")
  }

  @Test func `splits cover a rectangle once`() {
    for columns in 0..<12 {
      let rect = Rect(column: 2, row: 1, columns: columns, rows: 5)
      for count in -1..<14 {
        let (left, rest) = rect.splitLeft(count)
        #expect(left.size.columns + rest.size.columns == columns)
        #expect(left.columns.upperBound == rest.columns.lowerBound)
        let (right, other) = rect.splitRight(count)
        #expect(other.columns.upperBound == right.columns.lowerBound)
        #expect(right.columns.upperBound == rect.columns.upperBound)
      }
      let parts = rect.sideBySide(3)
      #expect(parts.map(\.size.columns).reduce(0, +) == columns)
      #expect(rect.sideBySide(4, gap: 1).allSatisfy { $0.intersection(rect) == $0 })
    }
    #expect(Rect(column: 0, row: 0, columns: 9, rows: 3).inset().size == Size(columns: 7, rows: 1))
    #expect(Rect(column: 0, row: 0, columns: 1, rows: 1).inset().isEmpty)
  }
}
