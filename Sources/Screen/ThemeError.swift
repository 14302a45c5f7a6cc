/// What can be wrong with a theme; each says what, where, and what to try.
public enum ThemeError: Error, Equatable, CustomStringConvertible {
  /// The text is not YAML, or not a list of `role: colour`.
  case malformed(line: Int, reason: String)
  /// A line names a role that does not exist.
  case unknownRole(String, line: Int)
  /// A role's colour cannot be understood.
  case badColor(role: String, value: String, line: Int)
  /// `base` names no built-in theme.
  case unknownBase(String, line: Int)
  /// No theme of this name was found.
  case unknownTheme(String, available: [String])
  /// A file cannot be read.
  case unreadable(path: String, reason: String)
  /// What is wrong inside a file.
  indirect case inFile(path: String, ThemeError)

  /// One line for the user.
  public var description: String {
    switch self {
    case .malformed(let line, let reason):
      "line \(line): \(reason); a theme is lines of `role: \"#RRGGBB\"`"
    case .unknownRole(let role, let line):
      "line \(line): no role is called '\(role)'\(Self.hint(for: role)); roles are "
        + Role.allCases.map(\.rawValue).joined(separator: ", ")
    case .badColor(let role, let value, let line):
      value.isEmpty
        ? "line \(line): '\(role)' has no colour; write it in quotes, \"#RRGGBB\", "
          + "as # begins a comment otherwise"
        : "line \(line): '\(value)' is no colour for '\(role)'; write \"#RRGGBB\""
    case .unknownBase(let name, let line):
      "line \(line): no built-in theme is called '\(name)'; there are "
        + Theme.builtIn.map(\.name).joined(separator: ", ")
    case .unknownTheme(let name, let available):
      "no theme '\(name)'; there are \(available.joined(separator: ", ")), or give a .yaml file"
    case .unreadable(let path, let reason):
      "theme '\(path)' cannot be read: \(reason)"
    case .inFile(let path, let error):
      "theme '\(path)', \(error)"
    }
  }

  private static func hint(for role: String) -> String {
    let wanted = role.lowercased().filter(\.isLetter)
    let near = Role.allCases.first {
      let name = $0.rawValue.lowercased()
      return !wanted.isEmpty && (name == wanted || name.hasPrefix(wanted) || wanted.hasPrefix(name))
    }
    return near.map { " (did you mean '\($0.rawValue)'?)" } ?? ""
  }
}
