extension Character {
  /// How many cells the character takes: 1, 2 for East Asian wide ones and emoji, 0 for those
  /// that a terminal would act on or not show.
  public var columns: Int {
    guard let scalar = unicodeScalars.first?.value else { return 0 }
    if scalar < 0x300 { return scalar < 0x20 || (0x7F..<0xA0).contains(scalar) ? 0 : 1 }
    if Self.invisible.contains(where: { $0.contains(scalar) }) { return 0 }
    return Self.wide.contains { $0.contains(scalar) } ? 2 : 1
  }

  /// Combining marks on their own, zero-width characters and directions.
  private static let invisible: [ClosedRange<UInt32>] = [
    0x300...0x36F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xE000...0xF8FF,
    0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB,
  ]

  /// East Asian wide and full-width characters, and emoji (Unicode 15, merged generously).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x33FF,
    0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// How many cells the text takes in `Grid.write`.
  public var columns: Int { reduce(0) { $0 + Swift.max(1, $1.columns) } }

  /// The text cut to a number of cells, with `…` where something was cut.
  public func fitted(to columns: Int) -> String {
    guard self.columns > columns else { return self }
    guard columns > 0 else { return "" }
    return prefix(columns: columns - 1) + "…"
  }

  /// The text cut or filled with spaces to exactly a number of cells.
  public func padded(to columns: Int, alignedRight: Bool = false) -> String {
    let text = fitted(to: columns)
    let spaces = String(repeating: " ", count: Swift.max(0, columns - text.columns))
    return alignedRight ? spaces + text : text + spaces
  }

  /// The text cut at its start to a number of cells: the end of a path says most.
  public func fittedToEnd(of columns: Int) -> String {
    guard self.columns > columns else { return self }
    guard columns > 0 else { return "" }
    return "…" + String(String(reversed()).prefix(columns: columns - 1).reversed())
  }

  private func prefix(columns: Int) -> String {
    var left = columns
    var end = startIndex
    while end < endIndex {
      left -= Swift.max(1, self[end].columns)
      guard left >= 0 else { break }
      end = index(after: end)
    }
    return String(self[..<end])
  }
}
