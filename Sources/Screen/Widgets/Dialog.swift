/// A message, or a question with answers, in the middle of the screen.
public struct Dialog: Widget {
  /// What it is about.
  public var title: String
  /// The message; wrapped.
  public var text: String
  /// Keys that answer; none waits for any key.
  public var answers: [KeyHints.Hint]
  /// The colour of frame and title.
  public var role: Role

  /// Makes a dialog.
  public init(
    title: String, text: String, answers: [KeyHints.Hint] = [], role: Role = .accent
  ) {
    self.title = title
    self.text = text
    self.answers = answers
    self.role = role
  }

  /// The cells it takes of a screen.
  public func frame(in rect: Rect) -> Rect {
    let answerWidth = answers.reduce(0) { $0 + $1.key.columns + $1.label.columns + 3 }
    let widest = TextBlock.wrap(text, columns: 56).map(\.columns).max() ?? 0
    let width = min(rect.size.columns, max(widest, answerWidth, title.columns + 4, 20) + 4)
    let lines = TextBlock.wrap(text, columns: max(1, width - 4)).count
    return rect.centered(Size(columns: width, rows: lines + (answers.isEmpty ? 2 : 4)))
  }

  /// Where the answers stand, for the mouse.
  public func answerLine(in rect: Rect) -> Rect { parts(of: frame(in: rect)).bottom }

  private func isFramed(_ frame: Rect) -> Bool { frame.size.columns >= 8 && frame.size.rows >= 3 }

  private func parts(of frame: Rect) -> (bottom: Rect, rest: Rect) {
    let inside = isFramed(frame) ? frame.inset(columns: 2, rows: 1) : frame
    return inside.splitBottom(answers.isEmpty || inside.size.rows < 2 ? 0 : 1)
  }

  /// Draws the dialog over what is there.
  public func draw(in rect: Rect, into grid: inout Grid, theme: Theme) {
    let frame = frame(in: rect)
    guard !frame.isEmpty else { return }
    let style = theme.style(.text, on: .panel)
    grid.clear(frame, style: style)
    if isFramed(frame) {
      let edge = theme.style(role, on: .panel)
      Panel(title: title).drawFrame(
        in: frame, into: &grid, style: edge,
        titleStyle: theme.style(role, on: .panel, bold: true), footerStyle: edge)
    }
    let (bottom, rest) = parts(of: frame)
    TextBlock(text, background: .panel).draw(in: rest, into: &grid, theme: theme)
    KeyHints(answers).draw(in: bottom, into: &grid, theme: theme)
  }
}
