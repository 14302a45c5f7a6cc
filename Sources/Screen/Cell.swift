/// A colour as the screen should show it; the back end finds the nearest that the terminal has.
public struct RGB: Hashable, Sendable {
  /// 0...255.
  public var red: UInt8
  /// 0...255.
  public var green: UInt8
  /// 0...255.
  public var blue: UInt8

  /// Makes a colour of three parts, each 0...255.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// How a cell looks besides its character.
public struct Style: Hashable, Sendable {
  /// Colour of the character.
  public var foreground: RGB
  /// Colour behind it.
  public var background: RGB
  /// Heavier strokes.
  public var bold: Bool
  /// Foreground and background exchanged: the mark that shows without colour too.
  public var reversed: Bool

  /// Makes a style.
  public init(
    foreground: RGB, background: RGB, bold: Bool = false, reversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.reversed = reversed
  }
}

/// One place of the screen: a character and its style.
///
/// A half block (`▀`) carries two pixels: the upper in the foreground, the lower in the background.
/// A character of width 2 is followed by a cell with `Cell.continuation`.
public struct Cell: Hashable, Sendable {
  /// Stands in the second cell of a character of width 2.
  public static let continuation: Character = "\0"

  /// A character that shows.
  public var character: Character
  /// Its looks.
  public var style: Style

  /// Makes a cell.
  public init(_ character: Character, _ style: Style) {
    self.character = character
    self.style = style
  }

  /// Whether two cells look the same; colours tell more of them apart than characters, and sooner.
  public static func == (a: Cell, b: Cell) -> Bool {
    a.style == b.style && a.character == b.character
  }
}
