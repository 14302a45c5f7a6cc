import Screen

/// What a binding comes to as things stand: a line of the help, a choice of the palette, a hint.
struct KeyLine: Equatable, Sendable {
  /// Who carries it out.
  enum Owner: Equatable, Sendable {
    /// The box over the screen.
    case box
    /// The screen that is shown.
    case screen
    /// Whatever is shown.
    case everywhere
  }

  /// One of the binding's commands.
  struct Choice: Equatable, Sendable {
    let owner: Owner
    let binding: Int
    let press: Int
  }

  /// Keys of one command.
  struct Press: Equatable, Sendable {
    let label: String
    let text: String
    let keys: [Key]
  }

  /// The binding's place in the line at the bottom.
  struct Hint: Equatable, Sendable {
    /// A word or two.
    var label: String
    /// The lowest stands first.
    var rank: Int
    /// How the line writes the keys, if not as the help does.
    var keys: String?
  }

  let owner: Owner
  let binding: Int
  let presses: [Press]
  let separator: String
  /// What it does.
  let text: String
  let hint: Hint?
  /// Whether it can be carried out now.
  let isAvailable: Bool

  /// How the help writes the keys.
  var label: String { presses.map(\.label).joined(separator: separator) }

  /// Its keys.
  var keys: [Key] { presses.flatMap(\.keys) }

  /// The command of one of its presses.
  func choice(_ press: Int) -> Choice { Choice(owner: owner, binding: binding, press: press) }
}

/// The line of the most used keys, worked out from the bindings.
struct HintLine {
  /// What stands in it.
  let hints: [KeyHints.Hint]
  /// The commands of each hint with the columns of their keys, counted from the hint's first.
  private let choices: [[(columns: Range<Int>, choice: KeyLine.Choice)]]

  /// Those of `lines` that have a hint, the lowest rank first, equal words together.
  init(_ lines: [KeyLine]) {
    let ranked = lines.enumerated().filter { $1.hint != nil && !$1.presses.isEmpty }
      .sorted { ($0.1.hint?.rank ?? 0, $0.0) < ($1.1.hint?.rank ?? 0, $1.0) }
      .map(\.1)
    var labels: [String] = []
    var members: [String: [KeyLine]] = [:]
    for line in ranked {
      guard let label = line.hint?.label else { continue }
      if members[label] == nil { labels.append(label) }
      members[label, default: []].append(line)
    }
    var hints: [KeyHints.Hint] = []
    var choices: [[(columns: Range<Int>, choice: KeyLine.Choice)]] = []
    for label in labels {
      var keys = ""
      var places: [(columns: Range<Int>, choice: KeyLine.Choice)] = []
      for line in members[label] ?? [] {
        if !keys.isEmpty { keys += " " }
        guard line.hint?.keys == nil else {
          let start = keys.columns
          keys += line.hint?.keys ?? ""
          places.append((start..<keys.columns, line.choice(0)))
          continue
        }
        for (index, press) in line.presses.enumerated() {
          if index > 0 { keys += line.separator }
          let start = keys.columns
          keys += press.label
          places.append((start..<keys.columns, line.choice(index)))
        }
      }
      hints.append(KeyHints.Hint(keys, label))
      choices.append(places)
    }
    self.hints = hints
    self.choices = choices
  }

  /// The command at a cell of the line; a word stands for the first of its keys.
  func choice(at point: Point, in rect: Rect) -> KeyLine.Choice? {
    guard rect.contains(point) else { return nil }
    let places = KeyHints(hints).places(in: rect)
    guard let index = places.firstIndex(where: { $0.contains(point.column) }) else { return nil }
    let offset = point.column - places[index].lowerBound
    return (choices[index].first { $0.columns.contains(offset) } ?? choices[index].first)?.choice
  }
}
