/// The themes that are part of the program: it needs no file to start, wherever it is installed.
///
/// `Themes/*.yaml` hold the same colours with comments, to copy and to change; a test keeps both
/// equal. Constants rather than resources, because a SwiftPM resource bundle is looked up at an
/// absolute build path and traps once the binary is moved.
extension Theme {
  /// Quiet greys; what a theme inherits when it says nothing else.
  public static let dark = Theme(name: "dark", colors: darkColors)

  /// For bright rooms and projectors.
  public static let light = Theme(
    name: "light",
    colors: [
      .background: RGB(hex: 0xFAFAFA),
      .panel: RGB(hex: 0xE9ECF0),
      .text: RGB(hex: 0x22262D),
      .dim: RGB(hex: 0x5E6672),
      .title: RGB(hex: 0x0B0D10),
      .border: RGB(hex: 0xA9B1BD),
      .accent: RGB(hex: 0x0A5FB4),
      .selection: RGB(hex: 0xCFE3FA),
      .selectionText: RGB(hex: 0x0B1B2E),
      .success: RGB(hex: 0x1A7F3C),
      .warning: RGB(hex: 0x8A5A08),
      .error: RGB(hex: 0xC0262D),
      .mask: RGB(hex: 0x1FAE5C),
      .outline: RGB(hex: 0xC73E00),
      .proposal: RGB(hex: 0x7D3CC8),
      .pen: RGB(hex: 0xD6006C),
      .truePositive: RGB(hex: 0x1F9D55),
      .falsePositive: RGB(hex: 0xD97706),
      .falseNegative: RGB(hex: 0x2563EB),
      .train: RGB(hex: 0x0A5FB4),
      .validation: RGB(hex: 0xB04A06),
      .best: RGB(hex: 0x1A7F3C),
      .series1: RGB(hex: 0x0A5FB4),
      .series2: RGB(hex: 0xC76A00),
      .series3: RGB(hex: 0x1A7F3C),
      .series4: RGB(hex: 0x7D3CC8),
      .series5: RGB(hex: 0xD6006C),
      .series6: RGB(hex: 0x7A6A00),
      .series7: RGB(hex: 0xB3261E),
      .series8: RGB(hex: 0x5E6672),
    ])

  /// Pure black and white, saturated marks.
  public static let highContrast = Theme(
    name: "high-contrast",
    colors: [
      .background: RGB(hex: 0x000000),
      .panel: RGB(hex: 0x000000),
      .text: RGB(hex: 0xFFFFFF),
      .dim: RGB(hex: 0xD0D0D0),
      .title: RGB(hex: 0xFFFFFF),
      .border: RGB(hex: 0xFFFFFF),
      .accent: RGB(hex: 0xFFFF00),
      .selection: RGB(hex: 0xFFFF00),
      .selectionText: RGB(hex: 0x000000),
      .success: RGB(hex: 0x00FF66),
      .warning: RGB(hex: 0xFFFF00),
      .error: RGB(hex: 0xFF8C8C),
      .mask: RGB(hex: 0x00FF66),
      .outline: RGB(hex: 0xFFFF00),
      .proposal: RGB(hex: 0xFF80FF),
      .pen: RGB(hex: 0x00FFFF),
      .truePositive: RGB(hex: 0x00FF66),
      .falsePositive: RGB(hex: 0xFFA500),
      .falseNegative: RGB(hex: 0x66B3FF),
      .train: RGB(hex: 0x66CCFF),
      .validation: RGB(hex: 0xFFCC00),
      .best: RGB(hex: 0x00FF66),
      .series1: RGB(hex: 0x66CCFF),
      .series2: RGB(hex: 0xFFA500),
      .series3: RGB(hex: 0x00FF66),
      .series4: RGB(hex: 0xD08CFF),
      .series5: RGB(hex: 0xFF66B3),
      .series6: RGB(hex: 0xFFFF00),
      .series7: RGB(hex: 0xFF6B5C),
      .series8: RGB(hex: 0xD0D0D0),
    ])

  /// The palette of Okabe and Ito (2008): no pair differs by red and green only.
  public static let colorBlindSafe = Theme(
    name: "colour-blind-safe",
    colors: [
      .background: RGB(hex: 0x12141A),
      .panel: RGB(hex: 0x1E222B),
      .text: RGB(hex: 0xE6E6E6),
      .dim: RGB(hex: 0x9AA0AB),
      .title: RGB(hex: 0xFFFFFF),
      .border: RGB(hex: 0x4A5261),
      .accent: RGB(hex: 0x56B4E9),
      .selection: RGB(hex: 0x0072B2),
      .selectionText: RGB(hex: 0xFFFFFF),
      .success: RGB(hex: 0x56B4E9),
      .warning: RGB(hex: 0xF0E442),
      .error: RGB(hex: 0xE8804A),
      .mask: RGB(hex: 0x56B4E9),
      .outline: RGB(hex: 0xF0E442),
      .proposal: RGB(hex: 0xCC79A7),
      .pen: RGB(hex: 0xF0E442),
      .truePositive: RGB(hex: 0x56B4E9),
      .falsePositive: RGB(hex: 0xE69F00),
      .falseNegative: RGB(hex: 0xCC79A7),
      .train: RGB(hex: 0x56B4E9),
      .validation: RGB(hex: 0xE69F00),
      .best: RGB(hex: 0xF0E442),
      .series1: RGB(hex: 0x56B4E9),
      .series2: RGB(hex: 0xE69F00),
      .series3: RGB(hex: 0x009E73),
      .series4: RGB(hex: 0xCC79A7),
      .series5: RGB(hex: 0x0072B2),
      .series6: RGB(hex: 0xF0E442),
      .series7: RGB(hex: 0xD55E00),
      .series8: RGB(hex: 0x9AA0AB),
    ])

  /// All of them, the default first.
  public static let builtIn: [Theme] = [.dark, .light, .highContrast, .colorBlindSafe]

  static let darkColors: [Role: RGB] = [
    .background: RGB(hex: 0x101216),
    .panel: RGB(hex: 0x1B1F27),
    .text: RGB(hex: 0xD8DCE4),
    .dim: RGB(hex: 0x8A93A3),
    .title: RGB(hex: 0xF2F4F8),
    .border: RGB(hex: 0x3D4654),
    .accent: RGB(hex: 0x5CB3FF),
    .selection: RGB(hex: 0x2C4F7C),
    .selectionText: RGB(hex: 0xFFFFFF),
    .success: RGB(hex: 0x5FD38A),
    .warning: RGB(hex: 0xF2B84B),
    .error: RGB(hex: 0xFF6B6B),
    .mask: RGB(hex: 0x3DDC84),
    .outline: RGB(hex: 0xFFE45C),
    .proposal: RGB(hex: 0xC792FF),
    .pen: RGB(hex: 0xFF5CA8),
    .truePositive: RGB(hex: 0x57C785),
    .falsePositive: RGB(hex: 0xFFB347),
    .falseNegative: RGB(hex: 0x6AA9FF),
    .train: RGB(hex: 0x5CB3FF),
    .validation: RGB(hex: 0xFFB454),
    .best: RGB(hex: 0x5FD38A),
    .series1: RGB(hex: 0x5CB3FF),
    .series2: RGB(hex: 0xFFB454),
    .series3: RGB(hex: 0x5FD38A),
    .series4: RGB(hex: 0xC792FF),
    .series5: RGB(hex: 0xFF5CA8),
    .series6: RGB(hex: 0xFFE45C),
    .series7: RGB(hex: 0xE0563F),
    .series8: RGB(hex: 0x9AA3B2),
  ]
}
