import Screen

/// A screen: what it keeps, what keys and mouse do to it, and how it is drawn.
///
/// A screen writes its own state and what the screens of its workspace share, and nothing else. A new
/// one is a conformer, a `Tab`, and its row in the workspace's `ScreenSet`.
protocol ScreenPart<Shared>: CommandTarget {
  /// It was asked for: what it needs is asked of the world.
  mutating func appear(_ shared: inout Shared) -> [Effect]

  /// Something happened while it is shown: follows it, and asks for what it is going to draw.
  mutating func follow(_ shared: inout Shared) -> [Effect]

  /// The mouse, inside the window's body; a drag that began there may leave it.
  mutating func take(_ mouse: Mouse, _ shared: inout Shared) -> [Effect]

  /// Draws the window's body.
  func draw(_ shared: Shared, into grid: inout Grid)
}

/// What is handed to the screen that is shown.
enum ScreenInput {
  case key(Key)
  case text(String)
  case mouse(Mouse)
  case choice(KeyLine.Choice)
  case appear
  case follow
}

extension ScreenPart {
  mutating func appear(_ shared: inout Shared) -> [Effect] { [] }
  mutating func follow(_ shared: inout Shared) -> [Effect] { [] }
  mutating func take(_ mouse: Mouse, _ shared: inout Shared) -> [Effect] { [] }

  /// Takes any input; nil if a key means nothing here.
  mutating func take(_ input: ScreenInput, _ shared: inout Shared) -> [Effect]? {
    switch input {
    case .key(let key): return press(key, &shared)
    case .text(let text):
      type(text, &shared)
      return []
    case .mouse(let mouse): return take(mouse, &shared)
    case .choice(let choice): return perform(choice, &shared)
    case .appear: return appear(&shared)
    case .follow: return follow(&shared)
    }
  }
}
