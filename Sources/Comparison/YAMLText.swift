/// Writes values so that YAML reads them back as they were.
enum YAMLText {
  /// A word or text as one value: as it is, or in double quotes where YAML would read something else.
  static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
          || ["_", "-", ".", "/", "+"].contains(scalar)
      } && text.first != "-" && !["null", "true", "false", "yes", "no"].contains(text.lowercased())
    guard !isPlain else { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      default: scalar.value < 0x20 ? " " : String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// Values as a list in one line.
  static func list(_ values: [String]) -> String {
    "[" + values.joined(separator: ", ") + "]"
  }
}
