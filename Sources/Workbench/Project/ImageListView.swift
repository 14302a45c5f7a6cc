import Basics
import Project
import Recipes
import Screen

extension ProjectEntry {
  /// `movie.tif#3 t2 z0 c1`.
  var name: String { axes.isEmpty ? key.text : "\(key.text) \(axes)" }
}

extension ReviewState {
  /// The mark that shows without colour too, and its colour.
  var look: (mark: String, role: Role) {
    switch self {
    case .new: ("·", .dim)
    case .proposed: ("?", .proposal)
    case .accepted: ("✓", .success)
    case .corrected: ("±", .best)
    case .rejected: ("✗", .error)
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

  /// The row that a click chooses or opens.
  mutating func take(
    _ mouse: Mouse, in list: ImageList, _ layout: ListLayout, isDoubleClick: Bool
  ) -> ListView.Click? {
    let table = table(list, chosen: nil, columns: layout.list.size.columns)
    return view.take(mouse, table, in: layout.list, isDoubleClick: isDoubleClick)
  }

  /// Draws the list, how many images and in which order over the names, and titles over the
  /// estimated qualities and the numbers of cells; `isTyping` puts a cursor behind the filter.
  func draw(
    _ list: ImageList, chosen: ImageKey?, isTyping: Bool = false, _ layout: ListLayout,
    _ window: Window, into grid: inout Grid
  ) {
    let columns = layout.list.size.columns
    let heading =
      isTyping || !list.filter.isEmpty
      ? "/\(list.filter)\(isTyping ? "_" : "")  \(list.count) found by \(list.sort.rawValue)"
      : "\(list.undecidedCount) left   by \(list.sort.rawValue)"
    window.drawList(
      table(list, chosen: chosen, columns: columns), heading, in: layout, into: &grid)
    guard !layout.list.isEmpty else { return }
    if list.count == 0 {
      window.drawEmpty(
        list.filter.isEmpty ? "no images" : "nothing matches", in: layout.list, into: &grid)
    }
    let stateColumns = stateColumns(columns)
    let isWide = stateColumns > 0
    let titles = [("IoU?", isWide ? stateColumns + 11 : 5)] + (isWide ? [("cells", 6)] : [])
    for (title, beside) in titles where heading.columns < columns - beside {
      grid.write(
        title, column: layout.heading.columns.upperBound - beside + 1,
        row: layout.heading.origin.row, style: window.theme.style(.dim), columns: title.columns)
    }
  }

  /// How many cells there are, in four columns.
  private static func countText(_ cells: Int?) -> String {
    cells.map { $0 < 10_000 ? "\($0)" : "\($0 / 1000)k" } ?? ""
  }

  private func stateColumns(_ columns: Int) -> Int { columns >= 52 ? 18 : columns >= 34 ? 9 : 0 }

  private func table(_ list: ImageList, chosen: ImageKey?, columns: Int) -> Table {
    let stateColumns = stateColumns(columns)
    let isWide = stateColumns > 0
    let nameColumns = columns - 7 - (isWide ? stateColumns + 6 : 0)
    return Table(
      columns: [Table.Column(width: 1), Table.Column(), Table.Column(width: 4)]
        + (isWide
          ? [Table.Column(width: stateColumns), Table.Column(width: 4, alignsRight: true)] : []),
      count: list.count, selected: list.row(of: chosen), hasHeader: false, first: view.scroll.first
    ) { row in
      guard let entry = list.entry(inRow: row) else { return [] }
      let items = [
        Table.Item(entry.state.look.mark, entry.state.look.role),
        Table.Item(entry.name.fittedToEnd(of: max(1, nameColumns))),
        Table.Item(NumberText.hundredths(entry.quality), .dim),
      ]
      guard isWide else { return items }
      let text = list.stateText(of: entry, isLong: stateColumns > 9)
      return items + [
        Table.Item(text, list.isDraft(entry) ? .warning : entry.state.look.role),
        Table.Item(Self.countText(entry.cells), .dim),
      ]
    }
  }
}
