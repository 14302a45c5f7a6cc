/// A cell of 2 by 4 dots (Unicode U+2800...U+28FF).
struct Braille {
  /// All dots, row by row.
  static let places: [(x: Int, y: Int)] = (0..<4).flatMap { y in (0..<2).map { (x: $0, y: y) } }

  private var bits: UInt8 = 0

  /// Sets a dot, 0...1 from the left and 0...3 from the top.
  mutating func set(x: Int, y: Int) {
    let order: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]
    bits |= order[x * 4 + y]
  }

  /// Whether no dot is set.
  var isEmpty: Bool { bits == 0 }

  /// The character; a space where no dot is set.
  var character: Character {
    bits == 0 ? " " : Character(Unicode.Scalar(UInt32(0x2800) + UInt32(bits)) ?? " ")
  }
}

/// Cells of 2 by 4 dots to draw lines on; a cell has the colour of what was drawn last.
struct BrailleCanvas {
  private let columns: Int
  private let rows: Int
  private var cells: [(dots: Braille, role: Role)]

  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    cells = Array(repeating: (Braille(), .text), count: self.columns * self.rows)
  }

  /// The dot of a place, 0...1 from the left and from below.
  func dot(across: Double, height: Double) -> (x: Int, y: Int) {
    (
      Int((across * Double(columns * 2 - 1)).rounded()),
      Int(((1 - height) * Double(rows * 4 - 1)).rounded())
    )
  }

  private mutating func set(x: Int, y: Int, role: Role) {
    guard x >= 0, y >= 0, x < columns * 2, y < rows * 4 else { return }
    let index = y / 4 * columns + x / 2
    cells[index].dots.set(x: x % 2, y: y % 4)
    cells[index].role = role
  }

  /// Draws a straight line (Bresenham 1965).
  mutating func line(from: (x: Int, y: Int), to: (x: Int, y: Int), role: Role) {
    let width = abs(to.x - from.x)
    let height = -abs(to.y - from.y)
    var error = width + height
    var (x, y) = from
    while true {
      set(x: x, y: y, role: role)
      guard x != to.x || y != to.y else { return }
      let twice = 2 * error
      if twice >= height {
        error += height
        x += from.x < to.x ? 1 : -1
      }
      if twice <= width {
        error += width
        y += from.y < to.y ? 1 : -1
      }
    }
  }

  /// Fills a bar from the lower end up to a height, with a gap at its right where it is wide enough.
  mutating func bar(across: ClosedRange<Double>, height: Double, role: Role) {
    guard height > 0 else { return }
    let left = Int((across.lowerBound * Double(columns * 2)).rounded())
    let right = Int((across.upperBound * Double(columns * 2)).rounded())
    let top = min(rows * 4 - 1, Int(((1 - height) * Double(rows * 4)).rounded()))
    let end = right - left > 2 ? right - 1 : max(right, left + 1)
    for x in left..<end {
      for y in max(0, top)..<max(0, top, rows * 4) { set(x: x, y: y, role: role) }
    }
  }

  /// Puts the cells that have a dot onto the screen.
  func draw(at origin: Point, into grid: inout Grid, theme: Theme) {
    for row in 0..<rows {
      for column in 0..<columns {
        let cell = cells[row * columns + column]
        guard !cell.dots.isEmpty else { continue }
        grid[origin.column + column, origin.row + row] = Cell(
          cell.dots.character, theme.style(cell.role))
      }
    }
  }
}
