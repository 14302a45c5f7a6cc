import Basics

/// Lines and letters as text of an SVG picture.
enum SVG {
  /// About how wide a letter is, in pixels; a reader's font may differ a little.
  static let letterWidth = 9

  /// A whole picture on white.
  static func document(width: Int, height: Int, _ parts: [String]) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)" font-family="sans-serif" font-size="15">
    <rect width="\(width)" height="\(height)" fill="\(color(.white))"/>
    \(parts.joined())</svg>

    """
  }

  /// A line through points, or a dot where there is one; `dash` is the length of dashes and gaps.
  static func line(
    _ points: [(x: Double, y: Double)], _ ink: Ink, width: Int, dash: Double? = nil
  ) -> String {
    // A line of no length is drawn by its round ends alone.
    let path = (points.count == 1 ? points + points : points)
      .map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    let dashes = dash.map { " stroke-dasharray=\"\(number($0))\"" } ?? ""
    return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color(ink))\" "
      + "stroke-width=\"\(width)\" stroke-linejoin=\"round\" stroke-linecap=\"round\"\(dashes)/>\n"
  }

  /// A filled rectangle, its top left corner given.
  static func bar(x: Double, y: Double, width: Double, height: Double, _ ink: Ink) -> String {
    "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
      + "height=\"\(number(height))\" fill=\"\(color(ink))\"/>\n"
  }

  /// A line of text on its base line; `anchor` is what of it stands at `x`: start, middle or end.
  static func text(
    _ text: String, x: Double, y: Double, ink: Ink = .text, anchor: String = "start"
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" fill=\"\(color(ink))\" "
      + "text-anchor=\"\(anchor)\">\(escaped(text))</text>\n"
  }

  /// Text as XML has it; characters that XML cannot have become a question mark.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\t", "\n", "\r": " "
      default: scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE ? "?" : String(scalar)
      }
    }.joined()
  }

  private static func number(_ value: Double) -> String { NumberText.decimal(value, digits: 1) }

  private static func color(_ ink: Ink) -> String {
    "#"
      + [ink.red, ink.green, ink.blue].map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
  }
}
