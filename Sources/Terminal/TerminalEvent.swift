public import Screen

/// What `TerminalScreen.events` reports.
public enum TerminalEvent: Equatable, Sendable {
  /// A key, the mouse, a paste, a change of focus; Ctrl-C comes as `.interrupted`.
  case input(Input)
  /// The window has another size; what is shown next is painted anew.
  case resized(Size)
  /// Somebody called `Waker.wake`.
  case woken
  /// Save and leave, as the signal of this number says; Ctrl-C is SIGINT, and the end of input, which is
  /// reported once, SIGHUP: the terminal is gone.
  case interrupted(Int32)
  /// Another process asks to stop (SIGTSTP): answer with `TerminalScreen.suspend`. Ctrl-Z comes
  /// as a key, so that the host can first save what is open.
  case suspensionAsked
  /// The process was stopped and goes on; the screen has been taken back, show it again.
  case continued
}
