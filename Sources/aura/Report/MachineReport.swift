import Foundation

/// What decides speed and looks on this machine.
struct MachineReport: Codable, Equatable {
  var version: String
  var system: String
  var cores: Int
  var memoryInGigabytes: Double
  var terminal: String
  var colors: String

  /// Asks the machine.
  static func current() -> MachineReport {
    let process = ProcessInfo.processInfo
    return MachineReport(
      version: Aura.version,
      system: process.operatingSystemVersionString,
      cores: process.activeProcessorCount,
      memoryInGigabytes: (Double(process.physicalMemory) / 1e8).rounded() / 10,
      terminal: process.environment["TERM"] ?? "none",
      colors: "unknown")
  }

  /// A line a fact.
  var table: String {
    let rows = [
      ("version", version), ("system", system), ("cores", "\(cores)"),
      ("memory", "\(memoryInGigabytes) GB"), ("terminal", terminal), ("colours", colors),
    ]
    return rows.map { name, value in
      name + String(repeating: " ", count: 12 - name.count) + value + "\n"
    }.joined()
  }
}
