import Comparison
import Foundation
import Screen
import Terminal
import Workbench

/// The report of a comparison in the workbench.
struct ReportSession {
  var folder: ComparisonFolder
  var theme: Theme
  var depth: ColorDepth?

  /// Reads the comparison's tables, shows them, and leaves everything as it was.
  ///
  /// - Returns: what the program ends with.
  /// - Throws: `TerminalError`, or `ComparisonError` where the folder cannot be read.
  func run() throws -> Int32 {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalError.notATerminal
    }
    let results = try ComparisonResults(folder)
    let screen = try TerminalScreen(depth: depth)
    defer { screen.close() }
    let waker = screen.waker
    let mailbox = Mailbox { waker.wake() }
    let desk = ReportDesk(folder: folder, results: results, mailbox: mailbox)
    defer { desk.finish() }
    let loop = EventLoop(
      model: Model(
        report: results, name: folder.url.lastPathComponent, theme: theme,
        colorDepth: screen.depth, size: screen.size),
      display: screen, effects: desk, mailbox: mailbox, clock: SystemClock())
    return loop.run()
  }
}
