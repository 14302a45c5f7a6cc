import Screen

extension Keymap {
  /// The keys worth a place at the bottom of the screen, the most needed first.
  static func hints(for model: Model) -> [KeyHints.Hint] {
    func hint(_ key: String, _ label: String) -> KeyHints.Hint { KeyHints.Hint(key, label) }
    if model.tab == .queue, model.queue.isTyping {
      return [hint("Enter", "keep the filter"), hint("Esc", "clear it")]
    }
    switch model.tab {
    case .queue:
      let isFiltered = !model.queue.filter.isEmpty
      return (isFiltered ? [hint("q Esc", "clear the filter")] : []) + [
        hint("Enter", "open"), hint("a", "accept"), hint("r", "reject"), hint("?", "keys"),
      ] + (isFiltered ? [] : [hint("q", "save and leave")]) + [
        hint("g", "train"), hint("s", "sort"), hint("/", "filter"),
        hint("c", "contrast"), hint("m x", "mask, outline"),
      ]
    case .annotate:
      return [
        hint("b e f", "tool"), hint("[ ]", "size"), hint("Space", "pen"), hint("u", "undo"),
        hint("a", "accept"), hint("?", "keys"), hint("r", "reject"), hint("y", "take proposal"),
        hint("n N", "next"), hint("g", "train"), hint("v m x", "layers"), hint("c", "contrast"),
        hint("+ - 0 1", "zoom"), hint("q", "back"),
      ]
    case .train:
      return (model.isWatching ? [] : [hint("g", "start")]) + [
        hint("Space", "pause"), hint("S", "stop after epoch"), hint("X", "stop now"),
        hint("L", "log"), hint("- =", "smooth"), hint("?", "keys"),
        hint("q", model.isWatching ? "stop and leave" : "back"),
      ]
    case .review:
      return [
        hint("n N", "next"), hint("e", "correct"), hint("+ - 0 1", "zoom"), hint("hjkl", "move"),
        hint("R", "again"), hint("?", "keys"), hint("q", "back"),
      ]
    case .scores:
      return [
        hint("j k", "recipe"), hint("Enter", "predictions"), hint("F3", "curves"),
        hint("s", "sort"),
        hint("Space", "hide or show"), hint("o", "only this"), hint("?", "keys"),
        hint("q", "leave"),
      ]
    case .curves:
      return [
        hint("j k", "recipe"), hint("Space", "hide or show"), hint("o", "only this"),
        hint("t", "train, validation"), hint("L", "log"), hint("- =", "smooth"), hint("?", "keys"),
        hint("q", "back"),
      ]
    case .panes:
      return [
        hint("n N", "image"), hint("[ ]", "more recipes"), hint("v", "layers"),
        hint("+ - 0 1", "zoom"), hint("hjkl", "move"), hint("d", "seed"), hint("?", "keys"),
        hint("q", "back"),
      ]
    }
  }
}
