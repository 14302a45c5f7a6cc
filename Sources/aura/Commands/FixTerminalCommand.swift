import ArgumentParser
import Terminal

/// `aura fix-terminal`: what nothing could do after SIGKILL.
struct FixTerminalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix-terminal",
    abstract: "Give the terminal back after aura was killed: screen, cursor, mouse, echo.",
    discussion: "Type it even when the letters do not show, then Enter (or Ctrl-J).")

  func run() throws {
    try TerminalRepair.run()
  }
}
