import Basics
import Project
import Recipes
import Screen

extension ReviewState {
  /// The mark that shows without colour too.
  var mark: String {
    switch self {
    case .new: "·"
    case .proposed: "?"
    case .accepted: "✓"
    case .corrected: "±"
    case .rejected: "✗"
    }
  }

  /// Its colour.
  var role: Role {
    switch self {
    case .new: .dim
    case .proposed: .proposal
    case .accepted: .success
    case .corrected: .best
    case .rejected: .error
    }
  }
}

/// The list of a project's images on the screen, in the queue and beside the image that is drawn on.
struct ImageListView: Equatable, Sendable {
  private var view = ListView()
  private var followed: ImageKey?

  /// Keeps the chosen image in sight: where the order changed, on its row of the screen if it can be.
  mutating func follow(_ chosen: ImageKey?, in list: ImageList, _ layout: ListLayout) {
    view.scroll.follow(
      list.row(of: chosen), of: list.count, visible: layout.list.size.rows,
      isMoved: chosen == followed)
    followed = chosen
  }

  /// The image that a click chooses or opens.
  mutating func take(
    _ mouse: Mouse, in list: ImageList, _ layout: ListLayout, isDoubleClick: Bool
  ) -> (key: ImageKey, opens: Bool)? {
    let table = table(list, chosen: nil, columns: layout.list.size.columns)
    switch view.take(mouse, table, in: layout.list, isDoubleClick: isDoubleClick) {
    case .select(let row): return list.entry(inRow: row).map { ($0.key, false) }
    case .open(let row): return list.entry(inRow: row).map { ($0.key, true) }
    case nil: return nil
    }
  }

  /// Draws the list with a heading; `isTyping` puts a cursor behind its filter.
  func draw(
    _ list: ImageList, chosen: ImageKey?, isTyping: Bool = false, _ layout: ListLayout,
    _ window: Window, into grid: inout Grid
  ) {
    guard !layout.list.isEmpty else { return }
    drawHeading(list, isTyping, in: layout.heading, window.theme, into: &grid)
    if list.count == 0 {
      window.drawEmpty(
        list.filter.isEmpty ? "no images" : "nothing matches", in: layout.list, into: &grid)
    }
    grid.draw(
      table(list, chosen: chosen, columns: layout.list.size.columns), in: layout.list,
      theme: window.theme)
    window.drawRule(after: layout.list, into: &grid)
  }

  private func stateColumns(_ columns: Int) -> Int { columns >= 52 ? 18 : columns >= 34 ? 9 : 0 }

  private func table(_ list: ImageList, chosen: ImageKey?, columns: Int) -> Table {
    let stateColumns = stateColumns(columns)
    let isWide = stateColumns > 0
    let nameColumns = columns - 7 - (isWide ? stateColumns + 1 : 0)
    return Table(
      columns: [Table.Column(width: 1), Table.Column(), Table.Column(width: 4)]
        + (isWide ? [Table.Column(width: stateColumns)] : []),
      count: list.count, selected: list.row(of: chosen), hasHeader: false, first: view.scroll.first
    ) { row in
      guard let entry = list.entry(inRow: row) else { return [] }
      let items = [
        Table.Item(entry.state.mark, entry.state.role),
        Table.Item(entry.key.text.fittedToEnd(of: max(1, nameColumns))),
        Table.Item(NumberText.hundredths(entry.uncertainty), .dim),
      ]
      guard isWide else { return items }
      let isDraft = entry.isChanged && entry.state != .rejected
      return items + [
        Table.Item(
          entry.stateText(isLong: stateColumns > 9), isDraft ? .warning : entry.state.role)
      ]
    }
  }

  /// How many images and in which order, over the names, and a title over the uncertainties.
  private func drawHeading(
    _ list: ImageList, _ isTyping: Bool, in rect: Rect, _ theme: Theme, into grid: inout Grid
  ) {
    let heading =
      isTyping || !list.filter.isEmpty
      ? "/\(list.filter)\(isTyping ? "_" : "")  \(list.count) found by \(list.sort.title)"
      : "\(list.undecidedCount) left   by \(list.sort.title)"
    grid.write(
      heading.fitted(to: rect.size.columns), column: rect.origin.column, row: rect.origin.row,
      style: theme.style(.title, bold: true))
    let stateColumns = stateColumns(rect.size.columns)
    let beside = stateColumns > 0 ? stateColumns + 6 : 5
    guard heading.columns < rect.size.columns - beside else { return }
    grid.write(
      "unc.", column: rect.columns.upperBound - beside + 1, row: rect.origin.row,
      style: theme.style(.dim), columns: 4)
  }
}
