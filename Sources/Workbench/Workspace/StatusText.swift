import Screen

/// What the status line says where there is no notice.
struct StatusText {
  /// How much is done, 0...1, and what is being done.
  typealias Progress = (fraction: Double, label: String)

  /// At the left.
  var text = ""
  /// Whether it is about something lost.
  var isError = false
  /// At the right, where there is room.
  var source: String?
  /// A run that is going on.
  var run: Progress?
  /// What would be lost by leaving at once, if anything.
  var unsaved: String?

  /// Draws the status line: the newest notice, or else this; and the run that goes on.
  func draw(_ window: Window, into grid: inout Grid) {
    let theme = window.theme
    let line = window.statusLine
    grid.clear(line, style: theme.style(.text, on: .panel))
    let gaugeColumns = run == nil ? 0 : min(30, window.size.columns * 2 / 5)
    if let run {
      grid.draw(
        Gauge(fraction: run.fraction, label: " " + run.label),
        in: line.splitRight(gaugeColumns).right, theme: theme)
    }
    let room = window.size.columns - gaugeColumns - 1
    guard let notice = window.notices.shown else {
      grid.write(
        (" " + text).fitted(to: room), column: 0, row: line.origin.row,
        style: theme.style(isError ? .error : .dim, on: .panel))
      if let source, text.columns + source.columns + 3 <= room {
        grid.write(
          source, column: room - source.columns, row: line.origin.row,
          style: theme.style(.proposal, on: .panel))
      }
      return
    }
    let more = window.notices.behind > 0 ? " (any key: \(window.notices.behind) more)" : ""
    let said = (notice.kind == .failure ? "! " : "") + notice.text + more
    // A long line grows upwards rather than being cut.
    let lines = TextBlock.wrap(said, columns: max(1, room - 1)).suffix(4)
    let style = theme.style(notice.kind == .failure ? .error : .text, on: .panel, bold: true)
    for (offset, text) in lines.enumerated() {
      let row = line.origin.row - lines.count + 1 + offset
      grid.write((" " + text).padded(to: room), column: 0, row: row, style: style)
    }
  }
}
