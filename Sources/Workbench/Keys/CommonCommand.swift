import Screen

/// What can be done in every workspace, whatever its screens are.
enum CommonCommand: Equatable, Sendable {
  case show(Tab)
  case help(isPalette: Bool)
  case redraw, suspend, leave
}

extension ScreenSet {
  /// The keys of its screens.
  static func tabBindings(
    _ as: @escaping @Sendable (CommonCommand) -> Command, _ texts: [Tab: String],
    hint: @escaping @Sendable (Tab, Shared) -> KeyLine.Hint? = { _, _ in nil }
  ) -> [Binding<Self>] {
    tabs.enumerated().map { place, tab in
      Binding("F\(place + 2)", [.function(place + 2)], `as`(.show(tab)), texts[tab] ?? tab.title)
        .hint { _, shared in hint(tab, shared) }
    }
  }

  /// The keys of the help and of the palette.
  static func helpBindings(
    _ as: @escaping @Sendable (CommonCommand) -> Command
  ) -> [Binding<Self>] {
    [
      Binding("? F1", [.character("?"), .function(1)], `as`(.help(isPalette: false)), "these keys")
        .hint("keys", 50, keys: "?"),
      Binding(
        "Ctrl-P :", [.control("p"), .character(":")], `as`(.help(isPalette: true)),
        "find and run a command"),
    ]
  }

  /// The keys that work whatever is open.
  static func terminalBindings(
    _ as: @escaping @Sendable (CommonCommand) -> Command, leaving: String
  ) -> [Binding<Self>] {
    [
      Binding("Ctrl-C", [.control("c")], `as`(.leave), leaving).always,
      Binding("Ctrl-Z", [.control("z")], `as`(.suspend), "to the shell until fg").always,
      Binding("Ctrl-L", [.control("l")], `as`(.redraw), "draw again, read again")
        .always.keepingStroke,
    ]
  }

  /// Carries out what can be done in every workspace.
  mutating func perform(common command: CommonCommand, _ shared: inout Shared) -> [Effect] {
    switch command {
    case .show(let tab): shared.show(tab)
    case .help(let isPalette):
      shared.window.box = .help(
        HelpBox(title: shared.tab.title, lines: keyLines(shared), isPalette: isPalette))
    case .redraw:
      retry(&shared)
      return [.redraw]
    case .suspend: return [.suspend]
    case .leave: return [.quit]
    }
    return []
  }
}
