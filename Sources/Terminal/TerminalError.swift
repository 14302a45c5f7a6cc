/// Why a full screen cannot be shown.
public enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// `TERM` is `dumb` or not set.
  case dumb
  /// `TERM` names a type that cannot place its cursor.
  case tooSimple(String)
  /// Nothing is known of the type that `TERM` names.
  case unknownType(String)
  /// The operating system refuses something.
  case system(String, code: Int32)

  /// One line for the user.
  public var description: String {
    switch self {
    case .notATerminal:
      "the workbench needs a terminal for input and output; "
        + "`aura train`, `aura predict` and the other commands work without"
    case .dumb:
      "TERM is 'dumb' or not set, so nothing can be placed on the screen; "
        + "try TERM=xterm-256color, or the commands such as `aura train`"
    case .tooSimple(let type):
      "TERM '\(type)' cannot place its cursor; try TERM=xterm-256color"
    case .unknownType(let type):
      "TERM '\(type)' is not known here; try TERM=xterm-256color, "
        + "or install its description (Debian: ncurses-term)"
    case .system(let what, let code):
      "\(what) failed (errno \(code))"
    }
  }
}
