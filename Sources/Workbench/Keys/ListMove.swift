import Screen

/// A step through a list.
enum ListMove: Hashable, Sendable {
  case previous, next, pageUp, pageDown, first, last

  /// The row that it leads to in a list of `count` rows; nil in an empty one.
  func row(from row: Int?, of count: Int, page: Int) -> Int? {
    guard count > 0 else { return nil }
    let row = row ?? 0
    let target =
      switch self {
      case .previous: row - 1
      case .next: row + 1
      case .pageUp: row - max(1, page - 1)
      case .pageDown: row + max(1, page - 1)
      case .first: 0
      case .last: count - 1
      }
    return min(max(0, target), count - 1)
  }
}

/// A list on the screen: how far it is scrolled, and what the mouse does to it.
struct ListView: Equatable, Sendable {
  /// A row that is pointed at, and whether it is clicked twice.
  typealias Click = (row: Int, opens: Bool)

  /// How far it is scrolled.
  var scroll = TableScroll()

  /// The wheel scrolls, a click chooses, a second one right after it opens.
  mutating func take(
    _ mouse: Mouse, _ table: Table, in rect: Rect, isDoubleClick: Bool
  ) -> Click? {
    switch (mouse.action, mouse.button) {
    case (.scrollUp, _): scroll.scroll(by: -3, of: table.count)
    case (.scrollDown, _): scroll.scroll(by: 3, of: table.count)
    case (.press, .left):
      return table.row(at: mouse.point, in: rect).map { (row: $0, opens: isDoubleClick) }
    default: break
    }
    return nil
  }
}

extension ListMove {
  /// The keys of a list of things called `noun`, for the screen that shows it; `also` names more keys
  /// for a step.
  static func bindings<Target>(
    _ noun: String, also: (previous: [Key], next: [Key]) = ([], []), rank: Int? = nil,
    _ as: @escaping (ListMove) -> Target.Command
  ) -> [Binding<Target>] {
    [
      Binding<Target>(
        "Up k", [.up(shift: false), .character("k")] + also.previous, `as`(.previous),
        "\(noun) above"
      ).hint(noun, rank.map { $0 + 1 }, keys: "k"),
      Binding<Target>(
        "Down j", [.down(shift: false), .character("j")] + also.next, `as`(.next), "\(noun) below"
      ).hint(noun, rank, keys: "j"),
      Binding<Target>(
        "PgUp", [.pageUp, .up(shift: true), .character("K")], `as`(.pageUp), "a page up"),
      Binding<Target>(
        "PgDn", [.pageDown, .down(shift: true), .character("J")], `as`(.pageDown), "a page down"),
      Binding<Target>("Home", [.home], `as`(.first), "first \(noun)"),
      Binding<Target>("End", [.end], `as`(.last), "last \(noun)"),
    ]
  }
}
