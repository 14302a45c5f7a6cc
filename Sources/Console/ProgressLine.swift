import Basics
import Foundation

/// Says how far long work is: a bar that redraws itself when a person looks, plain lines when not.
///
/// The clock is an argument: seconds on any scale that only grows.
public struct ProgressLine {
  private let isTerminal: Bool
  private let columns: Int
  private let clock: () -> Double
  private let write: (String) -> Void
  private let start: Double
  private var lastShown = -Double.infinity
  private var width = 0

  /// Seconds between two plain lines, and between two redrawings of the bar.
  private var interval: Double { isTerminal ? 0.1 : 10 }

  /// Seconds since it started.
  var elapsed: Double { clock() - start }

  /// Starts now, on standard error, as wide as COLUMNS says or 80.
  public static func standardError() -> ProgressLine {
    let process = ProcessInfo.processInfo
    return ProgressLine(
      isTerminal: StandardStream.error.isTerminal,
      columns: process.environment["COLUMNS"].flatMap(Int.init) ?? 80,
      clock: { ProcessInfo.processInfo.systemUptime }, write: { StandardStream.error.write($0) })
  }

  /// Starts now.
  init(
    isTerminal: Bool, columns: Int = 80, clock: @escaping () -> Double,
    write: @escaping (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.columns = max(20, columns)
    self.write = write
    self.clock = clock
    start = clock()
  }

  /// Does work that tells how many of how many parts are done, with a bar named `name` on standard error meanwhile.
  public static func follow<Result>(
    _ name: String, _ work: (_ progress: (_ done: Int, _ total: Int) -> Void) throws -> Result
  ) rethrows -> Result {
    var line = standardError()
    defer { line.clear() }
    return try work { done, total in
      line.show(done: Double(done), of: Double(total), note: "\(name) \(done)/\(total)")
    }
  }

  /// Shows that `done` of `total` parts are done, unless something was shown a moment ago; the last
  /// part always shows.
  public mutating func show(done: Double, of total: Double, note: String) {
    let now = clock()
    guard now - lastShown >= interval || done >= total else { return }
    lastShown = now
    let note = note.printable
    let share = total > 0 ? min(1, max(0, done / total)) : 1
    let percent = "\(Int(share * 100))%"
    let eta = Self.eta(share: share, elapsed: now - start)
    guard isTerminal else {
      write("\(percent) \(note) \(eta)\n")
      return
    }
    let tail = " \(percent) \(note) \(eta)"
    let room = min(30, columns - tail.count - 3)
    var line = tail
    if room >= 5 {
      let full = Int(share * Double(room))
      let bar = String(repeating: "#", count: full) + String(repeating: ".", count: room - full)
      line = "[\(bar)]\(tail)"
    }
    line = String(line.prefix(columns - 1))
    write("\r" + line + String(repeating: " ", count: max(0, width - line.count)))
    width = line.count
  }

  /// Writes a line of its own without breaking the bar.
  public mutating func interrupt(with text: String) {
    clear()
    write(text.printable + "\n")
  }

  /// Takes the bar away, or leaves the cursor below the plain lines.
  public mutating func clear() {
    guard isTerminal, width > 0 else { return }
    write("\r" + String(repeating: " ", count: width) + "\r")
    width = 0
  }

  /// `ETA 1:05`, or nothing while there is nothing to go by.
  static func eta(share: Double, elapsed: Double) -> String {
    guard share > 0, elapsed > 0 else { return "ETA --:--" }
    return "ETA \(DurationText.clock(elapsed * (1 - share) / share))"
  }
}
