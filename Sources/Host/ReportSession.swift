public import Comparison
import Foundation
public import Screen
import Terminal
import Workbench

/// The report of a comparison in the workbench.
public struct ReportSession {
  let folder: ComparisonFolder
  let theme: Theme
  let depth: ColorDepth?

  /// Shows the comparison of a folder, with a theme and so many colours, or as many as the terminal has.
  public init(folder: ComparisonFolder, theme: Theme, depth: ColorDepth?) {
    self.folder = folder
    self.theme = theme
    self.depth = depth
  }

  /// Reads the comparison's tables, shows them, and leaves everything as it was.
  ///
  /// - Returns: what the program ends with.
  /// - Throws: `TerminalError`, or `ComparisonError` where the folder cannot be read.
  public func run() throws -> Int32 {
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
