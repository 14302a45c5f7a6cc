/// What a colour is for; themes give each role a colour, views name only roles.
public enum Role: String, CaseIterable, Sendable {
  case background, panel, text, dim, title, border, accent
  case selection, selectionText
  case success, warning, error
  case mask, outline, proposal, pen
  case truePositive, falsePositive, falseNegative
  case train, validation, best
}

/// A colour for each role.
public struct Theme: Equatable, Sendable {
  /// The name that `--theme` takes.
  public let name: String
  private let colors: [Role: RGB]

  /// Makes a theme of a colour for each role; those missing are the dark theme's.
  public init(name: String, colors: [Role: RGB]) {
    self.name = name
    self.colors = colors
  }

  /// The colour of a role.
  public subscript(role: Role) -> RGB { colors[role] ?? RGB(216, 216, 216) }

  /// A style of two roles.
  public func style(
    _ foreground: Role, on background: Role = .background, bold: Bool = false,
    reversed: Bool = false
  ) -> Style {
    Style(
      foreground: self[foreground], background: self[background], bold: bold, reversed: reversed)
  }
}
