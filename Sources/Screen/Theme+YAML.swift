import Yams

extension Theme {
  /// Reads a theme: a role a line, `role: "#RRGGBB"`, besides `name` and `base` (the built-in
  /// theme whose colours stand in for roles left out; `dark` if not said).
  ///
  /// - Throws: the first thing that is wrong, with its line.
  public init(yaml: String, name fallbackName: String = "custom") throws(ThemeError) {
    var name = fallbackName
    var colors: [Role: RGB] = [:]
    var base = Theme.dark
    for (key, value, line) in try Self.lines(of: yaml) {
      switch key {
      case "name":
        name = value
      case "base":
        guard let found = Theme.builtIn.first(where: { $0.name == value }) else {
          throw .unknownBase(value, line: line)
        }
        base = found
      default:
        guard let role = Role(rawValue: key) else { throw .unknownRole(key, line: line) }
        guard let color = RGB(text: value) else {
          throw .badColor(role: key, value: value, line: line)
        }
        colors[role] = color
      }
    }
    for role in Role.allCases where colors[role] == nil { colors[role] = base[role] }
    self.init(name: name, colors: colors)
  }

  private static func lines(
    of yaml: String
  ) throws(ThemeError) -> [(key: String, value: String, line: Int)] {
    let node: Node?
    do {
      node = try Yams.compose(yaml: yaml)
    } catch {
      throw malformed(error)
    }
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      throw .malformed(line: node.mark?.line ?? 1, reason: "this is not a list of roles")
    }
    var lines: [(key: String, value: String, line: Int)] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      guard let keyText = key.scalar?.string else {
        throw .malformed(line: line, reason: "a role is one word")
      }
      guard let scalar = value.scalar else {
        throw .malformed(line: line, reason: "'\(keyText)' is not one colour")
      }
      lines.append((keyText, scalar.string, line))
    }
    return lines
  }

  private static func malformed(_ error: any Error) -> ThemeError {
    guard let error = error as? YamlError else {
      return .malformed(line: 1, reason: "this is not YAML")
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return .malformed(line: mark.line, reason: problem)
    case .duplicatedKeysInMapping(let duplicates, _):
      let role = duplicates.first ?? "a role"
      return .malformed(line: 1, reason: "'\(role)' stands there twice")
    default:
      return .malformed(line: 1, reason: "this is not YAML")
    }
  }
}

extension RGB {
  /// Reads `#RRGGBB`, `RRGGBB` or `#RGB`; nil for anything else.
  public init?(text: String) {
    var digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
    guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
    if digits.count == 3, text.hasPrefix("#") { digits = String(digits.flatMap { [$0, $0] }) }
    guard digits.count == 6, let value = UInt32(digits, radix: 16) else { return nil }
    self.init(hex: value)
  }
}
