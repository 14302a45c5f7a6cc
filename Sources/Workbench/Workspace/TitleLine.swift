import Screen

/// The tabs of the title line.
struct TitleLine {
  /// Each tab with its text and columns.
  let places: [(tab: Tab, text: String, columns: Range<Int>)]

  init(_ tabs: [Tab]) {
    var column = 0
    places = tabs.enumerated().map { place, tab in
      let text = " F\(place + 2) \(tab.title) "
      defer { column += text.columns }
      return (tab, text, column..<(column + text.columns))
    }
  }

  /// The tab at a column.
  func tab(at column: Int) -> Tab? { places.first { $0.columns.contains(column) }?.tab }
}
