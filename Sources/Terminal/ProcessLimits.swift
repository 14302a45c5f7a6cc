import CTerminal

/// What the system gives this process.
public enum ProcessLimits {
  /// Keeps the numbers of standard input, output and error from files, where they are closed.
  public static func fillStandardStreams() { cterm_fill_streams() }

  /// Takes a stack of so many bytes for this thread and those to come, or as much as it may.
  ///
  /// - Returns: how many bytes this thread's may have.
  public static func takeStack(_ bytes: Int) -> Int { cterm_stack(bytes) }

  /// Makes room for so many files that are open at once, or for as many as may be.
  ///
  /// - Returns: how many may be open.
  public static func takeFiles(_ count: Int) -> Int { cterm_files(count) }

  /// How many more threads with 8 MB of stack can be started, `count` at the most.
  public static func threads(_ count: Int) -> Int { Int(cterm_threads(Int32(clamping: count))) }
}
