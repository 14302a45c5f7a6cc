import ArgumentParser
import Foundation

/// What every command that computes takes.
struct MachineOptions: ParsableArguments {
  @Option(help: "Threads to compute on; every core without it.")
  var threads: Int?

  /// At least one.
  var threadCount: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  func validate() throws {
    try check("threads", threads, in: 1...1024, "1 to 1024")
  }
}
