public import Comparison
import Foundation
public import Recipes
public import Screen
import Terminal
public import Training
import Workbench

/// What is watched in the workbench without a project: a comparison's report, or a pretraining.
public struct WatchSession {
  let theme: Theme
  let depth: ColorDepth?

  /// Shows with a theme and so many colours, or as many as the terminal has.
  public init(theme: Theme, depth: ColorDepth?) {
    self.theme = theme
    self.depth = depth
  }

  /// Reads a comparison's tables, shows them, and leaves everything as it was.
  ///
  /// - Returns: what the program ends with.
  /// - Throws: `TerminalError`, or `ComparisonError` where the folder cannot be read.
  public func show(_ folder: ComparisonFolder) throws -> Int32 {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalError.notATerminal
    }
    let results = try ComparisonResults(folder)
    let screen = try TerminalScreen(depth: depth)
    defer { screen.close() }
    let mailbox = Mailbox(wake: screen.waker.wake)
    let desk = ReportDesk(folder: folder, results: results, mailbox: mailbox)
    defer { desk.finish() }
    let model = Model(
      report: results, name: folder.url.lastPathComponent, theme: theme,
      colorDepth: screen.depth, size: screen.size)
    return EventLoop(model: model, display: screen, effects: desk, mailbox: mailbox).run()
  }

  /// Begins a pretraining, shows it on the train screen and stops it on leaving.
  ///
  /// - Parameters:
  ///   - name: What the title line says.
  ///   - begin: Starts the run.
  /// - Returns: what the run ended with, and what the program ends with.
  /// - Throws: `TerminalError` before the run begins, or `WorkflowError` where it broke off.
  public func show(
    _ name: String,
    _ begin: @escaping @Sendable (@escaping @Sendable (RunEvent) -> Void) -> Run
  ) throws -> (outcome: RunOutcome, code: Int32) {
    let screen = try TerminalScreen(depth: depth)
    defer { screen.close() }
    let mailbox = Mailbox(wake: screen.waker.wake)
    let desk = PretrainingDesk(mailbox: mailbox, begin: begin)
    let model = Model(watching: name, theme: theme, colorDepth: screen.depth, size: screen.size)
    let loop = EventLoop(model: model, display: screen, effects: desk, mailbox: mailbox)
    let code = loop.run()
    return (try desk.finish(), code)
  }
}
