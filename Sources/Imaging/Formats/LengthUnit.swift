/// A unit in which files give the size of their pixels.
struct LengthUnit: Equatable {
  /// How long it is.
  let micrometres: Double

  /// One of a known length.
  init(micrometres: Double) { self.micrometres = micrometres }

  /// Reads a unit's name or sign; nil for pixels, or what is no length.
  init?(_ text: String) {
    // Signs first, for Mm is no mm.
    guard let length = Self.signs[text] ?? Self.words[Self.plain(text)] else { return nil }
    micrometres = length
  }

  /// Small letters, and one letter mu: ImageJ writes those that are not ASCII as Java does.
  private static func plain(_ text: String) -> String {
    text.lowercased().replacing("\\u00b5", with: "µ").replacing("\u{3bc}", with: "µ")
      .filter { !$0.isWhitespace && $0 != "\0" }
  }

  private static let signs: [String: Double] = [
    "µm": 1, "\u{3bc}m": 1, "um": 1, "nm": 1e-3, "pm": 1e-6, "Å": 1e-4, "mm": 1e3, "cm": 1e4,
    "dm": 1e5, "m": 1e6,
    "in": 25400,
  ]

  private static let words: [String: Double] = [
    "micron": 1, "microns": 1, "um": 1, "µm": 1, "micrometer": 1, "micrometers": 1, "micrometre": 1,
    "micrometres": 1, "nanometer": 1e-3, "nanometers": 1e-3, "nanometre": 1e-3, "nanometres": 1e-3,
    "angstrom": 1e-4, "millimeter": 1e3, "millimeters": 1e3, "millimetre": 1e3, "millimetres": 1e3,
    "centimeter": 1e4, "centimeters": 1e4, "centimetre": 1e4, "centimetres": 1e4, "meter": 1e6,
    "metre": 1e6, "inch": 25400, "inches": 25400,
  ]
}

extension ImageContents.PixelSize {
  /// A size that a file states of its pixels on the sample, in micrometres; nil where no microscope has it.
  static func stated(x: Double, y: Double) -> Self? { within(1e-4...1e5, x, y) }

  /// A size by pixels of an inch, centimetre or metre, which may as well be that of a print or a screen.
  ///
  /// Taken from 0.01 to 10 micrometres: 72, 96, 300 and 2400 dots an inch, 353 to 10.6 micrometres, are none
  /// of a sample.
  static func printed(x: Double, y: Double) -> Self? { within(0.01...10, x, y) }

  private static func within(_ range: ClosedRange<Double>, _ x: Double, _ y: Double) -> Self? {
    range.contains(x) && range.contains(y) ? Self(x: x, y: y) : nil
  }
}
