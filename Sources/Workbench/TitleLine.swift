import Screen

/// The tabs of the title line.
enum TitleLine {
  /// What a tab says.
  static func text(of tab: Tab) -> String { " F\(tab.functionKey) \(tab.title) " }

  /// The columns of each tab.
  static func places(of tabs: [Tab]) -> [(Tab, Range<Int>)] {
    var column = 0
    return tabs.map { tab in
      let start = column
      column += text(of: tab).count
      return (tab, start..<column)
    }
  }
}
