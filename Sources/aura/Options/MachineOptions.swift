import ArgumentParser
import Console
import Foundation

/// What every command that computes takes.
struct MachineOptions: ParsableArguments {
  @Option(help: "Threads to compute on; every core without it.")
  var threads: Int?

  /// At least one.
  var wantedCount: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// As many as are wanted.
  ///
  /// - Throws: `Failure` where the system does not give them, and those that a command has besides.
  var threadCount: Int {
    get throws {
      try ProcessNeeds.haveThreads(wantedCount)
      return wantedCount
    }
  }

  func validate() throws {
    try check("threads", threads, in: 1...1024, "1 to 1024")
  }
}
