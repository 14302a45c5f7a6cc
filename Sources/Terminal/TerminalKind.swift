import CTerminal
public import Foundation
public import Screen

/// What kind of terminal this is, how many colours it is given, and why; for `aura info` too.
public struct TerminalKind: Equatable, Sendable {
  /// `TERM`.
  let type: String
  /// The colours used.
  public let depth: ColorDepth
  /// What decided them.
  public let reason: String
  /// The carried description that is used in place of the system's.
  let carried: CarriedTerminfo?
  /// Whether colours 8...15 are 0...7 with bold.
  let hasOnlyEight: Bool

  /// Types that follow xterm closely enough for the carried descriptions, also where the system
  /// has none.
  private static let followers = [
    "xterm", "screen", "tmux", "rxvt", "kitty", "alacritty", "foot", "wezterm", "ghostty",
    "konsole", "vte", "gnome", "putty", "mintty", "st-", "contour", "iterm", "rio", "linux",
  ]

  /// Chooses, in this order: `requested`, `NO_COLOR`, tmux's own word, `COLORTERM`, else what the
  /// type says, at most 256.
  ///
  /// - Parameters:
  ///   - requested: `--color`.
  ///   - environment: `TERM`, `NO_COLOR`, `COLORTERM` and `TMUX` count.
  ///   - colorsOfType: colours of a type in terminfo: -1 unknown, -2 too simple, 0 none.
  ///   - tmuxFeatures: what tmux says of the terminal that it runs in; `COLORTERM` is passed on
  ///     into tmux and says nothing about it.
  /// - Throws: if no screen can be shown at all.
  init(
    requested: ColorDepth?, environment: [String: String], colorsOfType: (String) -> Int,
    tmuxFeatures: () -> String?
  ) throws(TerminalError) {
    type = environment["TERM"] ?? ""
    guard !type.isEmpty, type != "dumb" else { throw .dumb }
    let found = colorsOfType(type)
    guard found != -2 else { throw .tooSimple(type) }
    let name = type
    let follows = Self.followers.contains { name.hasPrefix($0) } && name != "xterm-mono"
    guard found != -1 || follows else { throw .unknownType(type) }
    (depth, reason) = Self.choose(
      requested: requested, environment: environment, found: found, follows: follows, type: type,
      tmuxFeatures: tmuxFeatures)
    switch depth {
    case .direct: carried = found > 0x10000 ? nil : .direct
    case .palette256: carried = found >= 256 && found < 0x10000 ? nil : .indexed
    case .ansi16, .none: carried = found == -1 || found > 0x10000 ? .indexed : nil
    }
    hasOnlyEight = depth == .ansi16 && carried == nil && found < 16
  }

  private static func choose(
    requested: ColorDepth?, environment: [String: String], found: Int, follows: Bool,
    type: String, tmuxFeatures: () -> String?
  ) -> (ColorDepth, String) {
    if let requested { return (requested, "--color \(requested.rawValue)") }
    if environment["NO_COLOR"]?.isEmpty == false { return (.none, "NO_COLOR is set") }
    if found == 0 { return (.none, "'\(type)' has no colours") }
    if found > 0x10000 { return (.direct, "'\(type)' has direct colours") }
    let isMultiplexed = type.hasPrefix("screen") || type.hasPrefix("tmux")
    if environment["TMUX"]?.isEmpty == false {
      let features = tmuxFeatures() ?? ""
      if features.split(separator: ",").contains("RGB") {
        return (.direct, "tmux's terminal has RGB")
      }
    } else if !isMultiplexed, follows,
      let value = environment["COLORTERM"], value == "truecolor" || value == "24bit"
    {
      return (.direct, "COLORTERM is \(value)")
    }
    if found >= 256 || found == -1 || type == "xterm" { return (.palette256, "'\(type)'") }
    return (.ansi16, "'\(type)' has \(found) colours")
  }

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
