import Screen

/// The keys of a screen, over it.
struct HelpBox: Equatable, Sendable {
  /// Only lines with this are shown.
  var filter = ""
  /// The first line shown.
  var top = 0
}

extension Model {
  /// The lines of the help that match its filter.
  func helpLines(_ box: HelpBox) -> [Binding] {
    let wanted = box.filter.lowercased()
    return Keymap.bindings(on: tab).filter {
      wanted.isEmpty || $0.label.lowercased().contains(wanted) || $0.text.contains(wanted)
    }
  }

  /// Keys while the help is shown: letters filter.
  mutating func takeInHelp(_ key: Key) -> [Effect] {
    guard var box = help else { return [] }
    let last = max(0, helpLines(box).count - 1)
    switch key {
    case .escape, .character("?"), .function(1), .enter:
      help = nil
      return []
    case .character("q") where box.filter.isEmpty:
      help = nil
      return []
    case .up: box.top = max(0, box.top - 1)
    case .down: box.top = min(last, box.top + 1)
    case .pageUp: box.top = max(0, box.top - 10)
    case .pageDown: box.top = min(last, box.top + 10)
    case .backspace:
      box.filter = String(box.filter.dropLast())
      box.top = 0
    case .character(let character):
      box.filter += String(character)
      box.top = 0
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    default: break
    }
    help = box
    return []
  }
}
