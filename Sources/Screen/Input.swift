/// A key that is not a plain character.
public enum Key: Hashable, Sendable {
  /// A character as typed; capitals for Shift.
  case character(Character)
  /// A letter with Ctrl, in lower case.
  case control(Character)
  /// A letter with Alt.
  case alt(Character)
  /// An arrow, with or without Shift.
  case up(shift: Bool)
  case down(shift: Bool)
  case left(shift: Bool)
  case right(shift: Bool)
  case enter, escape, tab, backTab, backspace, delete, insert, home, end, pageUp, pageDown
  /// F1...F12.
  case function(Int)
}

/// A mouse event in cells.
public struct Mouse: Hashable, Sendable {
  /// What happened.
  public enum Action: Hashable, Sendable {
    case press, drag, release, move, scrollUp, scrollDown
  }
  /// Which button.
  public enum Button: Hashable, Sendable {
    case left, middle, right, none
  }

  /// What happened.
  public var action: Action
  /// Which button it concerns.
  public var button: Button
  /// Where.
  public var point: Point
  /// Whether Ctrl was down.
  public var control: Bool

  /// Makes an event.
  public init(_ action: Action, _ button: Button, at point: Point, control: Bool = false) {
    self.action = action
    self.button = button
    self.point = point
    self.control = control
  }
}

/// What the terminal reports.
public enum Input: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// Text pasted in one piece.
  case paste(String)
  /// The window was focused or left.
  case focus(Bool)
}
