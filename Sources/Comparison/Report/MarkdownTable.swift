/// A table in Markdown; bars in its texts are escaped.
struct MarkdownTable {
  private let titles: [String]
  private var rows: [[String]] = []

  /// A table of columns with titles; all but the first line up at the right.
  init(_ titles: [String]) { self.titles = titles }

  /// Adds a row of as many texts.
  mutating func add(_ row: [String]) { rows.append(row) }

  /// The table, without a newline at its end.
  var text: String {
    let rule = "|" + titles.indices.map { $0 == 0 ? ":---|" : "---:|" }.joined()
    return ([Self.line(titles), rule] + rows.map(Self.line)).joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
}
