import Basics
import Foundation
import Kernels
import Screen
import Terminal

/// What decides speed and looks on this machine.
public struct MachineReport: Encodable {
  var version: String
  var system: String
  var blas: String
  var blasKernel: String
  var simd: String
  var cores: Int
  var threads: Int
  var memoryInGigabytes: Double
  var terminal: String
  var colors: String

  /// Asks the machine that a version runs on.
  public static func current(version: String) -> MachineReport {
    let process = ProcessInfo.processInfo
    let colors: String
    do {
      let kind = try TerminalKind.find(environment: process.environment)
      colors = "\(kind.depth.rawValue): \(kind.reason)"
    } catch {
      colors = "no workbench: \(error)"
    }
    return MachineReport(
      version: version,
      system: process.operatingSystemVersionString,
      blas: EngineInfo.blasName,
      blasKernel: EngineInfo.blasCore,
      simd: EngineInfo.simdPath,
      cores: process.activeProcessorCount,
      threads: EngineInfo.defaultThreads,
      memoryInGigabytes: (Double(process.physicalMemory) / 1e8).rounded() / 10,
      terminal: process.environment["TERM"] ?? "none",
      colors: colors)
  }

  /// A line a fact.
  public var table: String {
    let rows = [
      ("version", version), ("system", system), ("BLAS", "\(blas), kernel \(blasKernel)"),
      ("SIMD", simd), ("cores", "\(cores)"), ("threads", "\(threads)"),
      ("memory", NumberText.bytes(memoryInGigabytes * 1e9)), ("terminal", terminal),
      ("colours", colors),
    ]
    return rows.map { name, value in
      name + String(repeating: " ", count: 12 - name.count) + value + "\n"
    }.joined()
  }
}
