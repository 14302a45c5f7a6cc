import Project
import Recipes
import Screen

/// A box over the screen, which takes all keys and the mouse.
enum Box: Equatable, Sendable {
  /// The keys of the screen, or its commands to choose from.
  case help(HelpBox)
  /// A question with yes and no.
  case confirm(Confirmation)
  /// What a run would do.
  case plan(PlanDialog)
}

/// What a box was answered, for the workspace to carry out.
enum BoxAnswer: Equatable, Sendable {
  /// A command of the palette.
  case choose(KeyLine.Choice)
  /// Accept an image on which nothing is marked.
  case acceptEmpty(ImageKey)
  /// Reject an image that has an accepted mask.
  case dropAccepted(ImageKey)
  /// Stop the run now.
  case stopNow
  /// Say what a run with these settings would do.
  case plan(Recipe)
  /// Start a run.
  case start(Recipe)
  /// Leave.
  case leave
}

/// What every box is: keys of its own, and a frame.
protocol BoxPart: CommandTarget where Shared == Window {
  /// The mouse, anywhere.
  mutating func take(_ mouse: Mouse, _ window: inout Window)

  /// Draws it over the screen.
  func draw(_ window: Window, into grid: inout Grid)

  /// Where its keys are named, for the mouse.
  func hintLine(_ window: Window) -> Rect

  /// The box as the window holds it.
  var boxed: Box { get }
}

extension BoxPart {
  mutating func take(_ mouse: Mouse, _ window: inout Window) {}

  /// The hints at its foot.
  func hints(_ window: Window) -> HintLine { HintLine(keyLines(.box, window)) }

  /// Takes a key or the mouse, and stays open unless its command closed it.
  fileprivate mutating func take(_ input: Input, _ window: inout Window) {
    let before = window.box
    switch input {
    case .key(let key): _ = press(key, &window)
    case .mouse(let mouse):
      let choice = hints(window).choice(at: mouse.point, in: hintLine(window))
      if mouse.action == .press, mouse.button == .left, let choice {
        _ = perform(choice, &window)
      } else {
        take(mouse, &window)
      }
    case .paste(let text): if isTyping { type(.insert(text.filter { !$0.isNewline }), &window) }
    case .focus: break
    }
    if window.box == before { window.box = boxed }
  }
}

extension Window {
  /// Hands a key or the mouse to the box over the screen.
  mutating func takeInBox(_ input: Input) {
    switch box {
    case .help(var help): help.take(input, &self)
    case .confirm(var confirmation): confirmation.take(input, &self)
    case .plan(var plan): plan.take(input, &self)
    case nil: break
    }
  }

  /// Draws the box over the screen.
  func drawBox(into grid: inout Grid) {
    switch box {
    case .help(let help): help.draw(self, into: &grid)
    case .confirm(let confirmation): confirmation.draw(self, into: &grid)
    case .plan(let plan): plan.draw(self, into: &grid)
    case nil: break
    }
  }
}
