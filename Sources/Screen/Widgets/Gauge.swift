/// A bar of progress with a label over it.
public struct Gauge: Widget {
  /// How much is done, 0...1.
  public var fraction: Double
  /// What stands on the bar.
  public var label: String
  /// The colour of the part that is done.
  public var role: Role

  /// Makes a bar.
  public init(fraction: Double, label: String = "", role: Role = .accent) {
    self.fraction = fraction
    self.label = label
    self.role = role
  }

  /// Draws the bar in the first row; the label is readable over both parts, without colour too.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    guard !rect.isEmpty else { return }
    let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let done = Int((share * Double(rect.size.columns)).rounded())
    let text = Array(label.fitted(to: rect.size.columns).padded(to: rect.size.columns))
    let labelled = label.fitted(to: rect.size.columns).count
    let full = Style(foreground: theme[role], background: theme[.background], reversed: true)
    let empty = theme.style(.text, on: .panel, bold: false)
    for offset in 0..<rect.size.columns {
      let isDone = offset < done
      let character = offset < text.count ? text[offset] : " "
      let shown: Character = !isDone && offset >= labelled ? "·" : character
      grid[rect.origin.column + offset, rect.origin.row] = Cell(
        shown, isDone ? full : shown == "·" ? theme.style(.border, on: .panel) : empty)
    }
  }
}
