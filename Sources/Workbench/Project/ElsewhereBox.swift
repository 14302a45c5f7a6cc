import Screen

/// Asks for the folder that a copy of the labels goes to.
struct ElsewhereBox: BoxPart {
  enum Command: Sendable { case write, clear, cancel }

  /// The path as it is typed.
  var path: String

  static let table = [
    Binding<Self>("Enter", [.enter], .write, "write").hint("write", 1),
    Binding<Self>("Ctrl-U", [.control("u")], .clear, "empty the line").hint("empty the line", 2),
    Binding<Self>("Esc", [.escape], .cancel, "not now").hint("not now", 3),
  ]

  var isTyping: Bool { true }

  mutating func type(_ change: (String) -> String, _ window: inout Window) { path = change(path) }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    switch command {
    case .write where path.isEmpty: break
    case .write:
      window.box = nil
      window.answer = .writeElsewhere(path)
    case .clear: path = ""
    case .cancel: window.box = nil
    }
    return []
  }

  func hintLine(_ window: Window) -> Rect { dialog(window).answerLine(in: window.body) }

  func draw(_ window: Window, into grid: inout Grid) {
    grid.draw(dialog(window), in: window.body, theme: window.theme)
  }

  private func dialog(_ window: Window) -> Dialog {
    Dialog(
      title: "Write the labels elsewhere",
      text:
        "A copy of all labels, with those that are not on disk, goes into a new or empty folder,"
        + " and work goes on there:\n\n\(path)_", answers: hints(window).hints)
  }
}
