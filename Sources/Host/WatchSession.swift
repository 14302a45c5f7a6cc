public import Recipes
public import Screen
import Terminal
public import Training
import Workbench

/// A pretraining on the workbench's train screen, from its first step to its checkpoint.
public struct WatchSession {
  /// What the title line says.
  let name: String
  let theme: Theme
  let depth: ColorDepth?

  /// Shows a run under a name, with a theme and so many colours, or as many as the terminal has.
  public init(name: String, theme: Theme, depth: ColorDepth?) {
    self.name = name
    self.theme = theme
    self.depth = depth
  }

  /// Begins the run, shows it and stops it on leaving.
  ///
  /// - Parameter begin: Starts the run.
  /// - Returns: what the run ended with, and what the program ends with.
  /// - Throws: `TerminalError` before the run begins, or `WorkflowError` where it broke off.
  public func run(
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
