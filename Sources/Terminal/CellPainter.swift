import CTerminal
import Screen

/// Puts cells into ncurses' screen in the colours that the terminal has.
struct CellPainter {
  private let kind: TerminalKind
  private var pairs: PairTable

  init(kind: TerminalKind, pairs count: Int) {
    self.kind = kind
    pairs = PairTable(capacity: count)
  }

  mutating func beginFrame() { pairs.beginFrame() }

  /// Says that a cell painted earlier stays.
  mutating func keep(_ pair: Int32) { pairs.mark(pair) }

  /// Paints a cell; returns the pair that it uses.
  mutating func paint(_ cell: Cell, row: Int, column: Int, width: Int) -> Int32 {
    let cell = kind.hasOnlyEight ? withoutBrightBlack(cell) : cell
    var character = cell.character
    var attributes = cell.style.bold ? CTERM_BOLD : 0
    guard kind.depth != .none else {
      if cell.style.reversed { attributes |= CTERM_REVERSE }
      put(character, row: row, column: column, width: width, attributes: attributes, pair: 0)
      return 0
    }
    var (front, back) = (cell.style.foreground, cell.style.background)
    if cell.style.reversed { swap(&front, &back) }
    if character == "▀", code(front) > code(back) {
      // Halves exchanged share a pair.
      character = "▄"
      swap(&front, &back)
    }
    if kind.hasOnlyEight, code(front) >= 8 { attributes |= CTERM_BOLD }
    let pair = number(front, back, isPicture: character == "▀" || character == "▄")
    put(character, row: row, column: column, width: width, attributes: attributes, pair: pair)
    return pair
  }

  private func code(_ color: RGB) -> Int {
    switch kind.depth {
    case .direct: Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
    case .palette256: Palette.index256(of: color)
    case .ansi16, .none: Palette.index16(of: color)
    }
  }

  /// The pair of two colours.
  ///
  /// Pictures give up the last bits of their colours when pairs run short, and more of them rather
  /// than show a wrong colour.
  private mutating func number(_ front: RGB, _ back: RGB, isPicture: Bool) -> Int32 {
    let mask = kind.hasOnlyEight ? 7 : ~0
    if let found = pairs.existing(code(front) & mask, code(back) & mask) { return found }
    let isSparing = isPicture && pairs.isCrowded
    for bits in isSparing ? [2, 4, 5] : [0, 2, 4, 5] {
      let front = code(front.coarse(bits)) & mask
      let back = code(back.coarse(bits)) & mask
      if let found = pairs.existing(front, back) { return found }
      guard let new = pairs.add(front, back) else { continue }
      cterm_pair(new, Int32(front), Int32(back))
      return new
    }
    return 0
  }

  /// A terminal of 8 colours has no dark grey, and may show its bold black as black: text becomes
  /// white, and a shade one of white over black.
  private func withoutBrightBlack(_ cell: Cell) -> Cell {
    let (white, black, grey) = (Palette.color(7), Palette.color(0), 8)
    var cell = cell
    if Palette.index16(of: cell.style.background) == grey {
      switch cell.character {
      case " ": cell = Cell("▒", Style(foreground: white, background: black))
      case "░", "▒": cell.character = "▓"
      default: break
      }
      cell.style.background = black
    }
    guard Palette.index16(of: cell.style.foreground) == grey else { return cell }
    if cell.character == "▒" { cell.character = "░" }
    cell.style.foreground = white
    return cell
  }

  private func put(
    _ character: Character, row: Int, column: Int, width: Int, attributes: Int, pair: Int32
  ) {
    var scalars = character.unicodeScalars.makeIterator()
    if var only = scalars.next()?.value, scalars.next() == nil {
      // Nearly all cells: no array for them.
      unsafe cterm_put(
        Int32(row), Int32(column), &only, 1, Int32(width), Int32(attributes), pair)
      return
    }
    let all = character.unicodeScalars.map(\.value)
    unsafe all.withUnsafeBufferPointer { buffer in
      unsafe cterm_put(
        Int32(row), Int32(column), buffer.baseAddress, Int32(buffer.count), Int32(width),
        Int32(attributes), pair)
    }
  }
}

extension RGB {
  /// The colour without the last `bits` of each part, black and white kept.
  fileprivate func coarse(_ bits: Int) -> RGB {
    guard bits > 0 else { return self }
    let mask = UInt8(truncatingIfNeeded: 0xFF << bits)
    func part(_ value: UInt8) -> UInt8 { value & mask | value >> (8 - bits) }
    return RGB(part(red), part(green), part(blue))
  }
}
