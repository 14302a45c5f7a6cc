import Glibc

/// Sends what the process prints to a file while the screen is up, where it would spoil it.
final class OutputLog {
  private let savedOutput: Int32
  /// The standard error that was, for a crash's last words.
  let savedError: Int32

  /// Without a path, or where that file cannot be written, everything is dropped.
  init(path: String?) throws(TerminalError) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    var file = path.map { unsafe open($0, flags, 0o600) } ?? -1
    if file < 0 { file = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC) }
    guard file >= 0 else { throw .system("opening '/dev/null'", code: errno) }
    savedOutput = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    savedError = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    fflush(nil)
    dup2(file, STDOUT_FILENO)
    dup2(file, STDERR_FILENO)
    Glibc.close(file)
  }

  deinit {
    fflush(nil)
    dup2(savedOutput, STDOUT_FILENO)
    dup2(savedError, STDERR_FILENO)
    Glibc.close(savedOutput)
    Glibc.close(savedError)
  }
}
