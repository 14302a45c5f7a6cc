import Screen

/// What the loop needs of a terminal: the real one, or a scripted one in tests.
protocol Display: AnyObject {
  /// The window as it is now.
  var size: Size { get }

  /// Waits for something to happen, at most so many seconds; nothing when the time is up.
  func wait(seconds: Double) -> [Arrival]

  /// Shows a screen, writing only what changed.
  func show(_ grid: Grid)

  /// Writes everything anew with the next screen.
  func repaint()

  /// Hands the terminal to the shell and returns when it is back.
  func suspend()

  /// Gives the terminal back for good.
  func close()
}

/// What may end the loop's waiting.
enum Arrival: Equatable {
  case input(Input)
  case resized(Size)
  /// Another thread left something in the mailbox.
  case wake
  /// SIGINT, SIGTERM or SIGHUP; 128 + its number is what the program ends with.
  case signal(Int32)
  /// The terminal is gone.
  case ended
}
