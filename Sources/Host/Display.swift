import Screen
public import Terminal

/// What the loop needs of a terminal: the real one, or a scripted one in tests.
protocol Display: AnyObject {
  /// The window as it is now.
  var size: Size { get }

  /// Whether the terminal has not yet taken what was sent, so that drawing can wait.
  var isBackedUp: Bool { get }

  /// Waits for something to happen, at most so many seconds; nothing when the time is up.
  func events(timeout seconds: Double?) -> [TerminalEvent]

  /// Shows a screen, writing only what changed; whether anything did.
  @discardableResult
  func show(_ grid: Grid) -> Bool

  /// Writes everything anew with the next screen.
  func redraw()

  /// Hands the terminal to the shell and returns when it is back.
  func suspend()
}

extension TerminalScreen: Display {}

extension Interruption {
  /// What a program ends with that this made leave: 128 and the signal's number.
  var exitCode: Int32 {
    switch self {
    case .interrupt: 130
    case .terminate: 143
    case .hangup: 129
    }
  }
}
