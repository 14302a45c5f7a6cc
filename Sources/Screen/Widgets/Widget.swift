/// Something that draws itself into a part of the screen, whatever the part's size.
public protocol Widget: Sendable {
  /// Draws inside `rect` and nowhere else; never traps, also where the rectangle is empty.
  func draw(in rect: Rect, into grid: inout Grid, theme: Theme)
}

extension Grid {
  /// Draws a widget inside a rectangle.
  public mutating func draw(_ widget: some Widget, in rect: Rect, theme: Theme) {
    widget.draw(in: rect, into: &self, theme: theme)
  }
}
