public import Screen

/// What `TerminalScreen.events` reports.
public enum TerminalEvent: Equatable, Sendable {
  /// A key, the mouse, a paste, a change of focus; Ctrl-C comes as `.interrupted`.
  case input(Input)
  /// The window has another size; what is shown next is painted anew.
  case resized(Size)
  /// Somebody called `Waker.wake`.
  case woken
  /// Save and leave.
  case interrupted(Interruption)
  /// Another process asks to stop (SIGTSTP): answer with `TerminalScreen.suspend`. Ctrl-Z comes
  /// as a key, so that the host can first save what is open.
  case suspensionAsked
  /// The process was stopped and goes on; the screen has been taken back, show it again.
  case continued
}

/// Why to leave, with the number of the signal that says so.
public enum Interruption: Int32, Sendable {
  /// Ctrl-C or SIGINT.
  case interrupt = 2
  /// SIGTERM.
  case terminate = 15
  /// SIGHUP, or the end of input: the terminal is gone. Reported once.
  case hangup = 1
}
