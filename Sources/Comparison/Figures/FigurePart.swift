internal import Foundation

/// A piece of a figure, in pixels from the top left, for SVG and for a canvas.
enum FigurePart {
  /// A line through points with round ends, or a dot where there is one.
  case line([(x: Double, y: Double)], Ink, width: Int)
  /// A filled rectangle, its top left corner given.
  case bar(x: Double, y: Double, width: Double, height: Double, Ink)
  /// A line of text on its base line.
  case text(String, x: Double, y: Double, Ink, Anchor)

  /// What of a text stands at its place.
  enum Anchor: String {
    case start, middle, end
  }

  /// The piece as SVG text.
  var svg: String {
    switch self {
    case .line(let points, let ink, let width): SVG.line(points, ink, width: width)
    case .bar(let x, let y, let width, let height, let ink):
      SVG.bar(x: x, y: y, width: width, height: height, ink)
    case .text(let text, let x, let y, let ink, let anchor):
      SVG.text(text, x: x, y: y, ink: ink, anchor: anchor.rawValue)
    }
  }

  /// Draws the piece so many times as large as SVG has it.
  func draw(on canvas: inout Canvas, scale: Int) {
    let scaled = Double(scale)
    switch self {
    case .line(let points, let ink, let width):
      for (start, end) in zip(points, points.count == 1 ? points : Array(points.dropFirst())) {
        canvas.line(
          from: (start.x * scaled, start.y * scaled), to: (end.x * scaled, end.y * scaled), ink,
          width: width * scale)
      }
    case .bar(let x, let y, let width, let height, let ink):
      let (left, top) = (Int((x * scaled).rounded()), Int((y * scaled).rounded()))
      canvas.fill(
        PixelRect(
          x: left, y: top, width: max(1, Int(((x + width) * scaled).rounded()) - left),
          height: Int(((y + height) * scaled).rounded()) - top), ink)
    case .text(let text, let x, let y, let ink, let anchor):
      // A letter is then about as wide as in SVG.
      let dots = scale * SVG.letterWidth / BitmapFont.advance
      let width = BitmapFont.width(of: text, scale: dots)
      let before =
        switch anchor {
        case .start: 0
        case .middle: width / 2
        case .end: width
        }
      // The last row of a letter is below the base line.
      canvas.write(
        text, x: Int(x * scaled) - before, y: Int(y * scaled) - (BitmapFont.height - 1) * dots, ink,
        scale: dots)
    }
  }
}

extension Canvas {
  /// Draws a line with round ends; a dot where both are one.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ ink: Ink, width: Int
  ) {
    let radius = Double(width) / 2
    let steps = max(1, Int(max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up)))
    let reach = Int(radius.rounded(.up))
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let (x, y) = (start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
      for row in Int(y) - reach...Int(y) + reach {
        for column in Int(x) - reach...Int(x) + reach {
          let (dx, dy) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
          if dx * dx + dy * dy <= radius * radius, (0..<self.width).contains(column),
            (0..<height).contains(row)
          {
            self[column, row] = ink
          }
        }
      }
    }
  }
}
