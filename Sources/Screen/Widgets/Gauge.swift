/// A bar of progress with a label over it.
public struct Gauge: Widget {
  /// How much is done, 0...1.
  public var fraction: Double
  /// What stands on the bar.
  public var label: String

  /// Makes a bar.
  public init(fraction: Double, label: String = "") {
    self.fraction = fraction
    self.label = label
  }

  /// Draws the bar in the first row; the label is readable over both parts, without colour too.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard !rect.isEmpty else { return }
    let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let done = Int((share * Double(rect.size.columns)).rounded())
    let text = Array(label.fitted(to: rect.size.columns))
    let full = Style(foreground: theme[.train], background: theme[.background], reversed: true)
    let empty = theme.style(.text, on: .panel)
    for offset in 0..<rect.size.columns {
      let isDone = offset < done
      let shown = offset < text.count ? text[offset] : isDone ? " " : "·"
      grid[rect.origin.column + offset, rect.origin.row] = Cell(
        shown, isDone ? full : shown == "·" ? theme.style(.border, on: .panel) : empty)
    }
  }
}
