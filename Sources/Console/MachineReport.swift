import Basics
import Foundation
import Kernels
import Screen
import Terminal

/// What decides speed and looks on this machine.
public struct MachineReport: Encodable {
  let version: String
  let system = ProcessInfo.processInfo.operatingSystemVersionString
  let blas = EngineInfo.blasName
  let blasKernel = EngineInfo.blasCore
  let simd = EngineInfo.simdPath
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let threads = ThreadPool.defaultThreads
  let memoryInGigabytes = (Double(ProcessInfo.processInfo.physicalMemory) / 1e8).rounded() / 10
  let terminal = ProcessInfo.processInfo.environment["TERM"] ?? "none"
  let colors: String

  /// Asks the machine that a version runs on.
  public init(version: String) {
    self.version = version
    do {
      let kind = try TerminalKind.find(environment: ProcessInfo.processInfo.environment)
      colors = "\(kind.depth.rawValue): \(kind.reason)"
    } catch {
      colors = "no workbench: \(error)"
    }
  }

  /// A line a fact.
  public var table: String {
    let rows = [
      ("version", version), ("system", system), ("BLAS", "\(blas), kernel \(blasKernel)"),
      ("SIMD", simd), ("cores", "\(cores)"), ("threads", "\(threads)"),
      ("memory", NumberText.bytes(memoryInGigabytes * 1e9)), ("terminal", terminal),
      ("colours", colors),
    ]
    return rows.map { name, value in name.padded(to: 12) + value + "\n" }.joined()
  }
}
