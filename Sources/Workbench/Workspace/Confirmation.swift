import Screen

/// A question with yes and no.
struct Confirmation: BoxPart {
  /// What a key answers.
  enum Command: Sendable { case yes, no }

  /// The question.
  var question: String
  /// What yes does.
  var action: BoxAnswer

  var bindings: [Binding<Self>] {
    [
      Binding<Self>("y", [.character("y"), .character("Y"), .enter], .yes, "yes").hint("yes", 1),
      Binding<Self>(
        "n", [.character("n"), .character("N"), .character("q"), .escape], .no, "no"
      ).hint("no", 2),
    ]
  }

  mutating func perform(_ command: Command, _ window: inout Window) -> [Effect] {
    window.box = nil
    if command == .yes { window.answer = action }
    return []
  }

  var boxed: Box { .confirm(self) }

  func hintLine(_ window: Window) -> Rect { dialog(window).answerLine(in: window.body) }

  func draw(_ window: Window, into grid: inout Grid) {
    grid.draw(dialog(window), in: window.body, theme: window.theme)
  }

  private func dialog(_ window: Window) -> Dialog {
    Dialog(title: "Sure?", text: question, answers: hints(window).hints, role: .warning)
  }
}
