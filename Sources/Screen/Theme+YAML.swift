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
    for (keyNode, valueNode) in try Self.mapping(of: yaml) {
      let line = keyNode.mark?.line ?? 1
      guard let key = keyNode.scalar?.string else {
        throw .malformed(line: line, reason: "a role is one word")
      }
      guard let value = valueNode.scalar?.string else {
        throw .malformed(line: line, reason: "'\(key)' is not one colour")
      }
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
    self.init(name: name, colors: base.colors.merging(colors) { _, given in given })
  }

  private static func mapping(of yaml: String) throws(ThemeError) -> Node.Mapping {
    let node: Node?
    do {
      node = try Yams.compose(yaml: yaml)
    } catch {
      throw malformed(error)
    }
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw .malformed(line: node.mark?.line ?? 1, reason: "this is not a list of roles")
    }
    return mapping
  }

  private static func malformed(_ error: any Error) -> ThemeError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .malformed(line: mark.line, reason: problem)
    case .duplicatedKeysInMapping(let duplicates, _):
      .malformed(line: 1, reason: "'\(duplicates.first ?? "a role")' stands there twice")
    default:
      .malformed(line: 1, reason: "this is not YAML")
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
