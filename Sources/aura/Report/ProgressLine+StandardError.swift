import Foundation
import Host

extension ProgressLine {
  /// A line on standard error, as wide as COLUMNS says or 80.
  static func standardError(_ clock: some Clock) -> ProgressLine {
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) ?? 80
    return ProgressLine(
      isTerminal: StandardStream.error.isTerminal, columns: columns, now: clock.monotonic,
      write: { StandardStream.error.write($0) })
  }
}
