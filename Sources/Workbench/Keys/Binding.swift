import Screen

/// Keys that give one command.
struct KeyPress<Command: Sendable>: Sendable {
  /// How they are written.
  let label: String
  /// Any of them gives the command.
  let keys: [Key]
  /// What they give.
  let command: Command
  /// What it does, where the binding's text speaks of several.
  let text: String?

  /// Keys as they are written.
  init(_ label: String, _ keys: [Key], _ command: Command, _ text: String? = nil) {
    self.label = label
    self.keys = keys
    self.command = command
    self.text = text
  }

  /// A character.
  init(_ character: Character, _ command: Command, _ text: String? = nil) {
    self.init(String(character), [.character(character)], command, text)
  }
}

/// Keys with what they do: the row that dispatch, hints, help, palette and enablement come from.
struct Binding<Target: CommandTarget>: Sendable {
  /// The keys; most bindings have one press.
  let presses: [KeyPress<Target.Command>]
  /// What they do, in a few words; empty where the help need not say it.
  let text: String
  /// What stands between the presses' labels.
  let separator: String
  /// Whether a stroke in hand goes on through it; any other command ends the stroke first.
  private(set) var keepsStroke = false
  /// Whether it works whatever is open.
  private(set) var isAlways = false
  /// Whether it can be carried out now.
  private(set) var availability: @Sendable (Target, Target.Shared) -> Availability =
    { _, _ in .available }
  /// Its place in the line at the bottom, if it has one.
  private(set) var hint: @Sendable (Target, Target.Shared) -> KeyLine.Hint? = { _, _ in nil }

  /// Binds several presses that the help tells of in one line.
  init(_ presses: [KeyPress<Target.Command>], _ text: String, separator: String = " ") {
    self.presses = presses
    self.text = text
    self.separator = separator
  }

  /// Binds keys.
  init(_ label: String, _ keys: [Key], _ command: Target.Command, _ text: String) {
    self.init([KeyPress(label, keys, command)], text)
  }

  /// Binds a character.
  init(_ character: Character, _ command: Target.Command, _ text: String) {
    self.init([KeyPress(character, command)], text)
  }
}

/// Whether a command can be carried out.
enum Availability: Equatable, Sendable {
  /// It can.
  case available
  /// It means something here, but not now; one line saying why.
  case refused(String)
  /// It means nothing here: the key is free for another binding.
  case absent
}

extension Binding {
  /// Shown at the bottom: a word or two, the most needed (lowest rank) first; not without a rank.
  ///
  /// Bindings with the same words stand together. `keys` is how the line writes the keys, if not as
  /// the help does.
  func hint(_ label: String, _ rank: Int?, keys: String? = nil) -> Self {
    hint { _, _ in rank.map { KeyLine.Hint(label: label, rank: $0, keys: keys) } }
  }

  /// Shown at the bottom as the screen stands.
  func hint(_ hint: @escaping @Sendable (Target, Target.Shared) -> KeyLine.Hint?) -> Self {
    with { $0.hint = hint }
  }

  /// Keeps a stroke in hand.
  var keepingStroke: Self { with { $0.keepsStroke = true } }

  /// Works whatever is open.
  var always: Self { with { $0.isAlways = true } }

  /// Means something only where `condition` holds.
  func when(_ condition: @escaping @Sendable (Target, Target.Shared) -> Bool) -> Self {
    with { copy in copy.availability = { condition($0, $1) ? .available : .absent } }
  }

  /// Can be carried out unless there is something to say against it.
  func unless(_ refusal: @escaping @Sendable (Target, Target.Shared) -> String?) -> Self {
    with { copy in
      copy.availability = { refusal($0, $1).map(Availability.refused) ?? .available }
    }
  }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}
