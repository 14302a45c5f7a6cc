/// What the screens of a workspace share.
protocol ScreenContext: Sendable {
  /// The window, with what is said in it.
  var window: Window { get set }
}

extension ScreenContext {
  /// Answers a key with a line.
  mutating func say(_ text: String) { window.notices.add(text, .answer, at: window.now) }

  /// Puts up a line about something that happened.
  mutating func tell(_ text: String) { window.notices.add(text, .news, at: window.now) }

  /// Puts up a failure, which stays until a key.
  mutating func fail(_ text: String) { window.notices.add(text, .failure, at: window.now) }

  /// Asks a question with yes and no.
  mutating func ask(_ question: String, _ action: BoxAnswer) {
    window.box = Confirmation(question: question, action: action)
  }
}

/// A context whose screens stand in the title line.
protocol TabbedContext: ScreenContext {
  var tab: Tab { get set }
  /// Whether it was just asked for.
  var appears: Bool { get set }

  /// Shows a screen, whoever asks for it: a key, a click, a command.
  mutating func show(_ tab: Tab)
}

extension TabbedContext {
  mutating func show(_ tab: Tab) {
    self.tab = tab
    appears = true
  }
}
