import Screen

/// What a binding comes to as things stand: a line of the help, a choice of the palette, a hint.
struct KeyLine: Sendable {
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

  /// The binding's place in the line at the bottom.
  struct Hint: Sendable {
    /// A word or two.
    var label: String
    /// The lowest stands first.
    var rank: Int
    /// How the line writes the keys, if not as the help does.
    var keys: String?
  }

  let presses: [KeyPress<Choice>]
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
}

/// The line of the most used keys, worked out from the bindings.
struct HintLine {
  /// What stands in it.
  let hints: [KeyHints.Hint]
  /// The commands of each hint with the columns of their keys, counted from the hint's first.
  private let choices: [[(columns: Range<Int>, choice: KeyLine.Choice)]]

  /// Those of `lines` that have a hint, the lowest rank first, equal words together.
  init(_ lines: [KeyLine]) {
    let hinted = lines.enumerated().compactMap { place, line in
      line.presses.isEmpty ? nil : line.hint.map { (rank: ($0.rank, place), line: line, hint: $0) }
    }
    var labels: [String] = []
    var keys: [String] = []
    var choices: [[(columns: Range<Int>, choice: KeyLine.Choice)]] = []
    for (_, line, hint) in hinted.sorted(by: { $0.rank < $1.rank }) {
      let index = labels.firstIndex(of: hint.label) ?? labels.count
      if index == labels.count {
        labels.append(hint.label)
        keys.append("")
        choices.append([])
      }
      let presses =
        hint.keys.map { [KeyPress($0, [], line.presses[0].command)] } ?? line.presses
      for (offset, press) in presses.enumerated() {
        keys[index] += offset > 0 ? line.separator : keys[index].isEmpty ? "" : " "
        let start = keys[index].columns
        keys[index] += press.label
        choices[index].append((start..<keys[index].columns, press.command))
      }
    }
    hints = zip(keys, labels).map { KeyHints.Hint($0, $1) }
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
