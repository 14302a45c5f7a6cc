import Project
import Recipes
import Screen

/// What a box was answered, for the workspace to carry out.
enum BoxAnswer: Equatable, Sendable {
  case choose(KeyLine.Choice)
  /// Accept an image on which nothing is marked.
  case acceptEmpty(ImageKey)
  /// Reject an image that has an accepted mask.
  case dropAccepted(ImageKey)
  /// Accept all proposals whose estimated IoU is at least so much.
  case acceptAbove(Double)
  case stopNow, clearCheckpoints
  /// Say what a run with these settings would do.
  case plan(Recipe)
  case start(Recipe)
  /// Write a copy of the labels into the folder at a path.
  case writeElsewhere(String)
  /// Measure the image in hand, or all accepted cells.
  case measure(isOfOne: Bool)
  case stopMeasuring
  case export(ExportOrder)
  case stopExport
  case leave
}

/// A box over the screen, which takes all keys and the mouse: keys of its own, and a frame.
protocol BoxPart: CommandTarget where Shared == Window {
  /// The mouse, anywhere.
  mutating func take(_ mouse: Mouse, _ window: inout Window)

  func draw(_ window: Window, into grid: inout Grid)

  /// Where its keys are named, for the mouse.
  func hintLine(_ window: Window) -> Rect
}

extension BoxPart {
  mutating func take(_ mouse: Mouse, _ window: inout Window) {}

  /// The hints at its foot.
  func hints(_ window: Window) -> HintLine { HintLine(keyLines(.box, window)) }

  /// Takes a key or the mouse.
  fileprivate mutating func take(_ input: Input, _ window: inout Window) {
    switch input {
    case .key(let key): _ = press(key, &window)
    case .mouse(let mouse):
      let choice = hints(window).choice(at: mouse.point, in: hintLine(window))
      if mouse.action == .press, mouse.button == .left, let choice {
        _ = perform(choice, &window)
      } else {
        take(mouse, &window)
      }
    case .paste(let text): type(text, &window)
    case .focus: break
    }
  }
}

extension Window {
  /// Hands a key or the mouse to the box over the screen, which stays unless its command closed it.
  mutating func takeInBox(_ input: Input) {
    guard var box else { return }
    box.take(input, &self)
    if self.box != nil { self.box = box }
  }
}

/// A question with yes and no.
struct Confirmation: BoxPart {
  enum Command: Sendable { case yes, no }

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

  func hintLine(_ window: Window) -> Rect { dialog(window).answerLine(in: window.body) }

  func draw(_ window: Window, into grid: inout Grid) {
    grid.draw(dialog(window), in: window.body, theme: window.theme)
  }

  private func dialog(_ window: Window) -> Dialog {
    Dialog(title: "Sure?", text: question, answers: hints(window).hints, role: .warning)
  }
}
