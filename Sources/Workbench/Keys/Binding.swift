import Screen

/// A line of the help: the keys that give a command on a screen.
struct Binding: Equatable, Sendable {
  /// The keys, any of which gives the command.
  let keys: [Key]
  /// How the help writes them.
  let label: String
  /// What they give.
  let command: Command
  /// What it does, in a few words; empty where another line speaks for it.
  let text: String

  /// Makes a line.
  init(_ keys: [Key], _ label: String, _ command: Command, _ text: String = "") {
    self.keys = keys
    self.label = label
    self.command = command
    self.text = text
  }

  /// Makes a line of one character.
  init(_ character: Character, _ command: Command, _ text: String) {
    self.init([.character(character)], String(character), command, text)
  }
}
