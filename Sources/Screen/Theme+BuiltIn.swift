/// The themes that are part of the program: it needs no file to start, wherever it is installed.
///
/// `Themes/*.yaml` hold the same colours with comments, to copy and to change; a test keeps both
/// equal. Constants rather than resources, because a SwiftPM resource bundle is looked up at an
/// absolute build path and traps once the binary is moved.
extension Theme {
  /// Quiet greys; what a theme inherits when it says nothing else.
  public static let dark = Theme(name: "dark", colors: colors(0))
  /// For bright rooms and projectors.
  public static let light = Theme(name: "light", colors: colors(1))
  /// Pure black and white, saturated marks.
  static let highContrast = Theme(name: "high-contrast", colors: colors(2))
  /// The palette of Okabe and Ito (2008): no pair differs by red and green only.
  static let colorBlindSafe = Theme(name: "colour-blind-safe", colors: colors(3))

  /// All of them, the default first.
  public static let builtIn: [Theme] = [.dark, .light, .highContrast, .colorBlindSafe]

  private static func colors(_ theme: Int) -> [Role: RGB] {
    table.mapValues { RGB(hex: $0[theme]) }
  }

  /// The colours of each role: dark, light, high contrast, colour-blind safe.
  private static let table: [Role: [UInt32]] = [
    .background: [0x101216, 0xFAFAFA, 0x000000, 0x12141A],
    .panel: [0x1B1F27, 0xE9ECF0, 0x000000, 0x1E222B],
    .text: [0xD8DCE4, 0x22262D, 0xFFFFFF, 0xE6E6E6],
    .dim: [0x8A93A3, 0x5E6672, 0xD0D0D0, 0x9AA0AB],
    .title: [0xF2F4F8, 0x0B0D10, 0xFFFFFF, 0xFFFFFF],
    .border: [0x3D4654, 0xA9B1BD, 0xFFFFFF, 0x4A5261],
    .accent: [0x5CB3FF, 0x0A5FB4, 0xFFFF00, 0x56B4E9],
    .selection: [0x2C4F7C, 0xCFE3FA, 0xFFFF00, 0x0072B2],
    .selectionText: [0xFFFFFF, 0x0B1B2E, 0x000000, 0xFFFFFF],
    .success: [0x5FD38A, 0x1A7F3C, 0x00FF66, 0x56B4E9],
    .warning: [0xF2B84B, 0x8A5A08, 0xFFFF00, 0xF0E442],
    .error: [0xFF6B6B, 0xC0262D, 0xFF8C8C, 0xE8804A],
    .mask: [0x3DDC84, 0x1FAE5C, 0x00FF66, 0x56B4E9],
    .outline: [0xFFE45C, 0xC73E00, 0xFFFF00, 0xF0E442],
    .proposal: [0xC792FF, 0x7D3CC8, 0xFF80FF, 0xCC79A7],
    .pen: [0xFF5CA8, 0xD6006C, 0x00FFFF, 0xF0E442],
    .truePositive: [0x57C785, 0x1F9D55, 0x00FF66, 0x56B4E9],
    .falsePositive: [0xFFB347, 0xD97706, 0xFFA500, 0xE69F00],
    .falseNegative: [0x6AA9FF, 0x2563EB, 0x66B3FF, 0xCC79A7],
    .split: [0xC792FF, 0x7D3CC8, 0xFF80FF, 0xF0E442],
    .merged: [0xFF5CA8, 0xD6006C, 0xFFFF00, 0x009E73],
    .train: [0x5CB3FF, 0x0A5FB4, 0x66CCFF, 0x56B4E9],
    .validation: [0xFFB454, 0xB04A06, 0xFFCC00, 0xE69F00],
    .best: [0x5FD38A, 0x1A7F3C, 0x00FF66, 0xF0E442],
    .series1: [0x5CB3FF, 0x0A5FB4, 0x66CCFF, 0x56B4E9],
    .series2: [0xFFB454, 0xC76A00, 0xFFA500, 0xE69F00],
    .series3: [0x5FD38A, 0x1A7F3C, 0x00FF66, 0x009E73],
    .series4: [0xC792FF, 0x7D3CC8, 0xD08CFF, 0xCC79A7],
    .series5: [0xFF5CA8, 0xD6006C, 0xFF66B3, 0x0072B2],
    .series6: [0xFFE45C, 0x7A6A00, 0xFFFF00, 0xF0E442],
    .series7: [0xE0563F, 0xB3261E, 0xFF6B5C, 0xD55E00],
    .series8: [0x9AA3B2, 0x5E6672, 0xD0D0D0, 0x9AA0AB],
  ]
}
