import Recipes
import Screen
import Terminal
import Training
import Workbench

/// A pretraining on the workbench's train screen, from its first step to its checkpoint.
struct WatchSession {
  /// What the title line says.
  var name: String
  var theme: Theme
  var depth: ColorDepth?

  /// Begins the run, shows it and stops it on leaving.
  ///
  /// - Parameter begin: Starts the run.
  /// - Returns: what the run ended with, and what the program ends with.
  /// - Throws: `TerminalError` before the run begins, or `Failure` where it broke off.
  func run(
    _ begin: @escaping @Sendable (@escaping @Sendable (RunEvent) -> Void) -> Run
  ) throws -> (outcome: RunOutcome, code: Int32) {
    let screen = try TerminalScreen(depth: depth)
    let waker = screen.waker
    let mailbox = Mailbox { waker.wake() }
    let desk = PretrainingDesk(mailbox: mailbox, begin: begin)
    let loop = EventLoop(
      model: Model(watching: name, theme: theme, colorDepth: screen.depth, size: screen.size),
      display: screen, effects: desk, mailbox: mailbox, clock: SystemClock())
    let code = loop.run()
    defer { screen.close() }
    return (try desk.finish(), code)
  }
}
