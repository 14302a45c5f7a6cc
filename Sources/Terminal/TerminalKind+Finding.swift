import CTerminal
public import Foundation
public import Screen

extension TerminalKind {
  /// Finds what the terminal of a process' variables can show; nothing is opened.
  ///
  /// - Throws: if no screen can be shown at all.
  public static func find(
    depth: ColorDepth? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(TerminalError) -> TerminalKind {
    try TerminalKind(
      requested: depth, environment: environment,
      colorsOfType: { unsafe Int(cterm_colors($0)) }, tmuxFeatures: askTmux)
  }

  private static func askTmux() -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tmux", "display-message", "-p", "#{client_termfeatures}"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = try? output.fileHandleForReading.readToEnd()
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data else { return nil }
    return String(bytes: data, encoding: .utf8)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// What `aura fix-terminal` does.
public enum TerminalRepair {
  /// Makes the terminal of standard output usable after a program that was killed.
  ///
  /// - Throws: if it is no terminal.
  public static func run() throws(TerminalError) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    FileHandle.standardOutput.write(Data(Modes.restore.utf8))
    guard cterm_sane(STDOUT_FILENO) == 0 else { throw .system("tcsetattr", code: errno) }
  }
}
