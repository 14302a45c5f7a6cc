import Screen

/// Something that has commands bound to keys: a screen, a box over it, or all screens together.
protocol CommandTarget: Sendable {
  /// What it can be told to do.
  associatedtype Command: Sendable
  /// What it may change besides itself.
  associatedtype Shared: ScreenContext

  /// The keys, in the order in which the help shows them, where they are always the same.
  static var table: [Binding<Self>] { get }

  /// The keys that mean something now; those of `table` unless told otherwise.
  var bindings: [Binding<Self>] { get }

  /// Carries a command out.
  mutating func perform(_ command: Command, _ shared: inout Shared) -> [Effect]

  /// Ends what is in hand: asked before a command whose binding does not keep it.
  mutating func endStroke(_ shared: inout Shared) -> [Effect]

  /// Whether letters that are no keys are text that is being typed.
  var isTyping: Bool { get }

  /// Changes the text that is being typed.
  mutating func type(_ change: (String) -> String, _ shared: inout Shared)
}

extension CommandTarget {
  static var table: [Binding<Self>] { [] }
  var bindings: [Binding<Self>] { Self.table }
  mutating func endStroke(_ shared: inout Shared) -> [Effect] { [] }
  var isTyping: Bool { false }
  mutating func type(_ change: (String) -> String, _ shared: inout Shared) {}

  /// Bindings of several sources, one after the other.
  static func joined(_ parts: [Binding<Self>]...) -> [Binding<Self>] { parts.flatMap { $0 } }

  /// Carries out what a key is bound to here; nil where it is bound to nothing.
  mutating func press(
    _ key: Key, _ shared: inout Shared, onlyAlways: Bool = false
  ) -> [Effect]? {
    for binding in bindings where binding.isAlways || !onlyAlways {
      guard let press = binding.presses.first(where: { $0.keys.contains(key) }),
        let effects = carryOut(press.command, of: binding, &shared)
      else { continue }
      return effects
    }
    guard isTyping, !onlyAlways else { return nil }
    switch key {
    case .character(let character): type(String(character), &shared)
    case .backspace: type({ String($0.dropLast()) }, &shared)
    default: return nil
    }
    return []
  }

  /// Puts text behind what is being typed, which ends where the longest path would.
  mutating func type(_ text: String, _ shared: inout Shared) {
    if isTyping { type({ String(($0 + text.filter { !$0.isNewline }).prefix(4096)) }, &shared) }
  }

  /// Whether a key is a character of the text that is being typed, and bound to nothing.
  func isText(_ key: Key, _ shared: Shared) -> Bool {
    guard isTyping, case .character = key else { return false }
    return !bindings.contains { binding in
      binding.presses.contains { $0.keys.contains(key) }
        && binding.availability(self, shared) != .absent
    }
  }

  /// Carries out what a click, or a line of the palette, stands for.
  mutating func perform(_ choice: KeyLine.Choice, _ shared: inout Shared) -> [Effect] {
    let bindings = bindings
    guard bindings.indices.contains(choice.binding),
      bindings[choice.binding].presses.indices.contains(choice.press)
    else { return [] }
    let binding = bindings[choice.binding]
    return carryOut(binding.presses[choice.press].command, of: binding, &shared) ?? []
  }

  private mutating func carryOut(
    _ command: Command, of binding: Binding<Self>, _ shared: inout Shared
  ) -> [Effect]? {
    switch binding.availability(self, shared) {
    case .absent: return nil
    case .refused(let why):
      shared.say(why)
      return []
    case .available:
      let ended = binding.keepsStroke ? [] : endStroke(&shared)
      return ended + perform(command, &shared)
    }
  }

  /// What the keys do now, for hints, help and palette.
  func keyLines(_ owner: KeyLine.Owner, _ shared: Shared) -> [KeyLine] {
    bindings.enumerated().compactMap { place, binding in
      let availability = binding.availability(self, shared)
      guard availability != .absent else { return nil }
      let presses = binding.presses.enumerated().map { index, press in
        let choice = KeyLine.Choice(owner: owner, binding: place, press: index)
        return KeyPress(press.label, press.keys, choice, press.text)
      }
      return KeyLine(
        presses: presses, separator: binding.separator, text: binding.text,
        hint: binding.hint(self, shared), isAvailable: availability == .available)
    }
  }
}
