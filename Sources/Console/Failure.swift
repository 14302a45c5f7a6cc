/// Why a command ends without its result: one line for the user and the code for the shell.
public struct Failure: Error, Equatable {
  /// What the exit code says.
  public let status: ExitStatus
  /// What, where, and what to try; one line.
  public let text: String

  /// Ends a command with a code and a line.
  public init(_ status: ExitStatus, _ text: String) {
    self.status = status
    self.text = text
  }
}

/// What `aura` ends with; the numbers are those of sysexits.h.
public enum ExitStatus: Int32, Sendable {
  /// A file that is there cannot be used: unreadable, cut short, a mask of another size.
  case badInput = 65
  /// A file or folder is not there, or a folder has no images.
  case missingInput = 66
  /// A server cannot be reached, or does not give what it is asked for.
  case noServer = 68
  /// No terminal, or one that cannot show the workbench.
  case noTerminal = 69
  /// An error of the program's own.
  case internalError = 70
  /// A file or folder cannot be created: no permission.
  case cannotCreate = 73
  /// Writing broke off: the disk is full, a limit was reached.
  case cannotWrite = 74
  /// Another program holds the project.
  case inUse = 75
}
