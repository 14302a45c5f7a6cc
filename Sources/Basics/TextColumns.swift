/// Rows of words below each other, for people.
public enum TextColumns {
  /// A line a row with two spaces between its columns, the first ones flush left and the others right.
  public static func text(_ rows: [[String]], left: Int = .max) -> String {
    let columns = rows.first?.indices ?? 0..<0
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      columns.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        if column >= left { return gap + row[column] }
        return column == columns.last ? row[column] : row[column] + gap
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
