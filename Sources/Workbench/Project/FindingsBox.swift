import Project
import Screen

/// The list of what is odd about the project's images, over the screen.
struct FindingsBox: BoxPart {
  /// What its keys do.
  enum Command: Sendable {
    case close
    case move(ListMove)
  }

  /// What is odd, one by one.
  var findings: [FolderFinding]
  /// Lines that were shown at the bottom before.
  let notices: [String]
  /// The first row shown.
  private var top = 0

  init(_ findings: [FolderFinding], notices: [String]) {
    (self.findings, self.notices) = (findings, notices)
  }

  var bindings: [Binding<Self>] {
    [
      Binding<Self>(
        "Esc q !",
        [.escape, .enter, .character("q"), .character("!")], .close, "close")
    ] + ListMove.bindings("line") { .move($0) }
  }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    switch command {
    case .close: window.box = nil
    case .move(let move):
      let height = inside(window).size.rows
      let last = max(0, rows(inside(window).size.columns).count - height)
      top = move.row(from: min(top, last), of: last + 1, page: height) ?? 0
    }
    return []
  }

  /// The wheel moves it, a click beside the box closes it.
  mutating func take(_ mouse: Mouse, _ window: inout Window) {
    switch (mouse.action, mouse.button) {
    case (.scrollUp, _): for _ in 0..<3 { _ = perform(.move(.previous), &window) }
    case (.scrollDown, _): for _ in 0..<3 { _ = perform(.move(.next), &window) }
    case (.press, .left): if !frame(window).contains(mouse.point) { window.box = nil }
    default: break
    }
  }

  /// Its keys stand in its frame, as text.
  func hintLine(_ window: Window) -> Rect { Rect(column: 0, row: 0, columns: 0, rows: 0) }

  private func frame(_ window: Window) -> Rect {
    window.body.inset(columns: window.size.columns > 90 ? 8 : 2, rows: 0)
  }

  private func inside(_ window: Window) -> Rect {
    frame(window).inset().inset(columns: 1, rows: 0)
  }

  /// A row: a heading, or a line that is wrapped, its other rows set in.
  private func rows(_ columns: Int) -> [(text: String, role: Role)] {
    var rows: [(text: String, role: Role)] = []
    func add(_ lines: [String], under heading: String) {
      guard !lines.isEmpty else { return }
      if !rows.isEmpty { rows.append(("", .text)) }
      rows.append((heading, .title))
      for line in lines {
        for (place, text) in TextBlock.wrap(line, columns: max(1, columns - 2)).enumerated() {
          rows.append((place == 0 ? text : "  " + text, .text))
        }
      }
    }
    add(findings.filter { $0.kind == .folder }.map(\.text), under: "All images")
    let files = findings.filter { $0.kind != .folder && $0.kind != .image }
    add(files.map(\.line), under: "Files")
    add(findings.filter { $0.kind == .image }.map(\.line), under: "Images")
    add(notices, under: "Told before")
    return rows.isEmpty ? [("Nothing is odd about these images so far.", .dim)] : rows
  }

  func draw(_ window: Window, into grid: inout Grid) {
    let (frame, inside) = (frame(window), inside(window))
    let rows = rows(inside.size.columns)
    let first = min(top, max(0, rows.count - inside.size.rows))
    let below = max(0, rows.count - first - inside.size.rows)
    let scrolls = below > 0 ? "Down: \(below) more lines   " : first > 0 ? "Up: back   " : ""
    grid.clear(frame, style: window.theme.style(.text))
    grid.draw(
      Panel(title: "What is odd", footer: scrolls + "Esc close"), in: frame, theme: window.theme)
    window.drawLines(
      rows.dropFirst(first).prefix(inside.size.rows).map { ($0.text, $0.role) }, in: inside,
      into: &grid)
  }
}
