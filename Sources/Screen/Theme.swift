/// What a colour is for; themes give each role a colour, views name only roles.
public enum Role: String, CaseIterable, Sendable {
  case background, panel, text, dim, title, border, accent
  case selection, selectionText
  case success, warning, error
  case mask, outline, proposal, pen
  case truePositive, falsePositive, falseNegative, split, merged
  case train, validation, best
  case series1, series2, series3, series4, series5, series6, series7, series8

  /// What tells curves of one kind apart, such as those of a report's recipes.
  public static let series: [Role] = [
    .series1, .series2, .series3, .series4, .series5, .series6, .series7, .series8,
  ]
}

/// A colour for each role.
public struct Theme: Equatable, Sendable {
  /// The name that `--theme` takes.
  public let name: String
  let colors: [Role: RGB]

  /// The colour of a role.
  public subscript(role: Role) -> RGB { colors[role] ?? RGB(216, 216, 216) }

  /// Whether text is darker than what is behind it; pictures without colour are inked then.
  public var isLight: Bool { self[.background].luminance > self[.text].luminance }

  /// A style of two roles.
  public func style(
    _ foreground: Role, on background: Role = .background, bold: Bool = false,
    reversed: Bool = false
  ) -> Style {
    Style(
      foreground: self[foreground], background: self[background], bold: bold, reversed: reversed)
  }

  /// The style of what is selected: `.selectionText` on `.selection`, reversed without colour.
  public func selected(bold: Bool = false) -> Style {
    Style(
      foreground: self[.selection], background: self[.selectionText], bold: bold, reversed: true)
  }
}

extension RGB {
  /// Makes a colour of `0xRRGGBB`.
  public init(hex: UInt32) {
    self.init(UInt8(hex >> 16 & 255), UInt8(hex >> 8 & 255), UInt8(hex & 255))
  }

  /// Brightness by ITU-R 601, 0...255.
  public var luminance: Double {
    0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
  }

  /// The colour with a part of another over it: 0 is this one, 1 the other.
  public func blended(with other: RGB, amount: Double) -> RGB {
    let weight = Int((min(1, max(0, amount)) * 256).rounded())
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Int(from) * (256 - weight) + Int(to) * weight + 128) >> 8)
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}
