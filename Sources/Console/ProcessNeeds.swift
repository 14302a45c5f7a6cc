import Terminal

/// What the program needs of the system, looked at before it is too late to say so.
public enum ProcessNeeds {
  /// The least stack that all of the program runs in, in kilobytes.
  private static let leastStack = 512
  /// The fewest files that may be open at once.
  private static let fewestFiles = 32
  /// Threads beside those that compute: the run's, the batches', the workbench's, the system's own.
  private static let otherThreads = 8

  /// Takes the stack and the room for open files that a program usually has, and keeps files apart from
  /// standard streams.
  ///
  /// - Throws: `Failure` where there is too little.
  public static func begin() throws {
    ProcessLimits.fillStandardStreams()
    let kilobytes = ProcessLimits.takeStack(8 << 20) >> 10
    guard kilobytes >= leastStack else {
      throw Failure(
        .noResources,
        "the stack may have \(kilobytes) kB here, and \(leastStack) are needed; raise its limit (ulimit -s)"
      )
    }
    let files = ProcessLimits.takeFiles(1024)
    guard files >= fewestFiles else {
      throw Failure(
        .noResources,
        "\(files) files may be open at once here, and \(fewestFiles) are needed; "
          + "raise the limit (ulimit -n)")
    }
  }

  /// Makes sure that so many threads can compute.
  ///
  /// - Throws: `Failure` where they cannot all be started.
  public static func haveThreads(_ count: Int) throws {
    let needed = count + otherThreads
    let given = ProcessLimits.threads(needed)
    guard given < needed else { return }
    throw Failure(
      .noResources,
      "only \(given) of \(needed) threads can be started here; give fewer --threads, or raise the limit "
        + "on processes (ulimit -u, a container's pids) or on memory (ulimit -v)")
  }
}
