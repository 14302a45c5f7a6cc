/// A table in Markdown; bars in its texts are escaped.
struct MarkdownTable {
  /// Of the columns; all but the first line up at the right.
  let titles: [String]
  /// As many texts each.
  var rows: [[String]] = []

  /// The table, without a newline at its end.
  var text: String {
    let rule = "|" + titles.indices.map { $0 == 0 ? ":---|" : "---:|" }.joined()
    return ([Self.line(titles), rule] + rows.map(Self.line)).joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
}
