import Screen

/// What can be done in a workspace, whatever its screens are.
enum CommonCommand: Equatable, Sendable {
  case show(Tab)
  case help(isPalette: Bool)
  case train, measure, export, findings, nextChannel, writeElsewhere, back, redraw, suspend, leave
}

extension ScreenSet {
  /// The keys of its screens.
  static func tabBindings(
    _ texts: [Tab: String],
    hint: @escaping @Sendable (Tab, Shared) -> KeyLine.Hint? = { _, _ in nil }
  ) -> [Binding<Self>] {
    tabs.enumerated().map { place, tab in
      Binding<Self>("F\(place + 2)", [.function(place + 2)], .show(tab), texts[tab] ?? tab.rawValue)
        .hint { _, shared in hint(tab, shared) }
    }
  }

  /// The keys of the help and of the palette.
  static var helpBindings: [Binding<Self>] {
    [
      Binding<Self>("? F1", [.character("?"), .function(1)], .help(isPalette: false), "these keys")
        .hint("keys", 50, keys: "?"),
      Binding(
        "Ctrl-P :", [.control("p"), .character(":")], .help(isPalette: true),
        "find and run a command"),
    ]
  }

  /// The keys that work whatever is open.
  static func terminalBindings(leaving: String) -> [Binding<Self>] {
    [
      Binding<Self>("Ctrl-C", [.control("c")], .leave, leaving).always,
      Binding<Self>("Ctrl-Z", [.control("z")], .suspend, "to the shell until fg").always,
      Binding<Self>("Ctrl-L", [.control("l")], .redraw, "draw again, read again")
        .always.keepingStroke,
    ]
  }

  mutating func perform(_ command: CommonCommand, _ shared: inout Shared) -> [Effect] {
    switch command {
    case .show(let tab): shared.show(tab)
    case .help(let isPalette):
      shared.window.box = HelpBox(
        title: shared.tab.rawValue, lines: keyLines(shared), isPalette: isPalette)
    case .train: return planTraining(&shared)
    case .measure: return measure(&shared)
    case .export: askExport(&shared)
    case .findings: listFindings(&shared)
    case .nextChannel: return showNextChannel(&shared)
    case .writeElsewhere: askWhere(&shared)
    case .back: return back(&shared)
    case .redraw:
      retry(&shared)
      return [.redraw]
    case .suspend: return [.suspend]
    case .leave: return [.quit]
    }
    return []
  }
}
