/// Tables as comma-separated values (RFC 4180): quotes where a field has commas, quotes or newlines.
///
/// Kept by hand: SwiftCSV writes only what it has read, and would be a package for fifty lines.
public enum CSV {
  /// A line, its newline included.
  public static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  /// The rows of a table, the heading among them; empty lines are skipped, a byte order mark too.
  public static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var characters = Substring(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...])
    func endRow() {
      if !(fields.isEmpty && field.isEmpty) { rows.append(fields + [field]) }
      (fields, field) = ([], "")
    }
    while let character = characters.popFirst() {
      if isQuoted {
        if character != "\"" {
          field.append(character)
        } else if characters.first == "\"" {
          field.append(characters.removeFirst())
        } else {
          isQuoted = false
        }
      } else if character == "\"" {
        isQuoted = true
      } else if character == "," {
        fields.append(field)
        field = ""
      } else if character.isNewline {
        endRow()
      } else {
        field.append(character)
      }
    }
    endRow()
    return rows
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
