import Screen

extension Mouse {
  /// Reads a terminal's report: the button with its modifiers, and the cell counted from 1.
  ///
  /// Nil for what is no place, or a button that `Mouse` does not know.
  init?(code: Int, column: Int, row: Int, isRelease: Bool) {
    guard code >= 0, code < 128, code & 64 == 0 || code & 3 < 2, (1...10_000).contains(column),
      (1...10_000).contains(row)
    else { return nil }
    let buttons: [Mouse.Button] = [.left, .middle, .right, .none]
    let button = buttons[code & 3]
    let action: Mouse.Action =
      if code & 64 != 0 {
        code & 1 == 0 ? .scrollUp : .scrollDown
      } else if isRelease {
        .release
      } else if code & 32 != 0 {
        button == .none ? .move : .drag
      } else {
        .press
      }
    self.init(
      action, code & 64 != 0 ? .none : button, at: Point(column: column - 1, row: row - 1),
      control: code & 16 != 0, alt: code & 8 != 0)
  }
}
