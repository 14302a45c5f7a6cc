import ArgumentParser
import Foundation

/// `aura info`: what the program found on this machine.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say what aura found: version, BLAS, SIMD, threads, memory, terminal and colours.",
    discussion: """
      Examples:
        aura info          put this into a bug report
        aura info --json
      """)

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    let report = MachineReport.current()
    StandardStream.output.write(
      json ? try JSONText.pretty(report) + "\n" : report.table)
  }
}
