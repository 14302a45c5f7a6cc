import CTerminal
import Foundation

/// What xterm and those that follow it are asked for besides ncurses' own; others ignore it.
enum Modes {
  /// Mouse with drags (1002) and places without limit (1006), focus (1004), pastes in one piece
  /// (2004).
  static let enter = "\u{1B}[?1002h\u{1B}[?1006h\u{1B}[?1004h\u{1B}[?2004h"

  /// The reverse of `enter`.
  static let leave = "\u{1B}[?2004l\u{1B}[?1004l\u{1B}[?1006l\u{1B}[?1002l"

  /// Everything off, for a terminal that a crash or a kill left behind: the normal screen, plain
  /// text, the cursor.
  static let restore = leave + "\u{1B}[?1003l\u{1B}[?1000l\u{1B}[m\u{1B}[?1049l\u{1B}[?25h\r"
}

/// What `aura fix-terminal` does.
public enum TerminalRepair {
  /// Makes the terminal of standard output usable after a program that was killed.
  ///
  /// - Throws: if it is no terminal.
  public static func run() throws(TerminalError) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    // Where that fails, the next call does too, and tells it.
    try? FileHandle.standardOutput.write(contentsOf: Data(Modes.restore.utf8))
    guard cterm_sane(STDOUT_FILENO) == 0 else { throw .system("tcsetattr", code: errno) }
  }
}
