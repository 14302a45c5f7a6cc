/// Pictures in rows and columns under titles, a line of text below each.
struct PanelFigure {
  /// A picture; nil pixels where it cannot be read.
  struct Panel {
    let size: (width: Int, height: Int)
    let color: ((Int, Int) -> Ink)?
    let caption: String

    /// A picture that cannot be read.
    static func absent(_ caption: String) -> Panel {
      Panel(size: (1, 1), color: nil, caption: caption)
    }
  }

  let titles: [String]
  /// Pixels of the longer side of a panel.
  let side: Int
  /// As many panels each as there are titles.
  var rows: [[Panel]] = []
  private static let gap = 10
  private static let captionHeight = 26
  private static let lineHeight = 20

  /// The figure, with what the colours mean at the bottom.
  func drawn() -> Canvas {
    let wrapped = titles.map { Self.wrapped($0, width: side) }
    let top = (wrapped.map(\.count).max() ?? 1) * Self.lineHeight + Self.gap
    let heights = rows.map(height)
    let width = max(Self.gap + titles.count * (side + Self.gap), Self.legendWidth)
    var canvas = Canvas(
      width: width,
      height: top + heights.reduce(0) { $0 + $1 + Self.captionHeight + Self.gap } + 34)
    for (index, lines) in wrapped.enumerated() {
      for (row, line) in lines.enumerated() {
        canvas.write(line, x: left(of: index), y: Self.gap / 2 + row * Self.lineHeight)
      }
    }
    var y = top
    for (row, height) in zip(rows, heights) {
      for (index, panel) in row.enumerated() {
        draw(panel, x: left(of: index), y: y, height: height, on: &canvas)
      }
      y += height + Self.captionHeight + Self.gap
    }
    Self.drawLegend(y: y + 4, on: &canvas)
    return canvas
  }

  private func left(of column: Int) -> Int { Self.gap + column * (side + Self.gap) }

  /// The tallest panel of a row.
  private func height(_ row: [Panel]) -> Int {
    max(1, row.map { $0.color == nil ? 1 : fitted($0.size).height }.max() ?? 1)
  }

  /// The extent of a panel, its longer side as wide as a column.
  private func fitted(_ size: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let longer = max(size.width, size.height, 1)
    return (max(1, size.width * side / longer), max(1, size.height * side / longer))
  }

  private func draw(_ panel: Panel, x: Int, y: Int, height: Int, on canvas: inout Canvas) {
    if let color = panel.color {
      let size = fitted(panel.size)
      canvas.draw(
        panel.size, in: PixelRect(x: x, y: y, width: size.width, height: size.height), color: color)
    } else {
      canvas.fill(PixelRect(x: x, y: y, width: side, height: height), .absent)
    }
    canvas.write(Self.fitted(panel.caption, width: side), x: x, y: y + height + 5)
  }

  private static let legend: [(Ink, String)] = [
    (.white, "both"), (.predictedOnly, "predicted only"), (.missed, "missed"),
  ]

  private static var legendWidth: Int {
    legend.reduce(gap) { $0 + 52 + BitmapFont.width(of: $1.1, scale: 2) }
  }

  private static func drawLegend(y: Int, on canvas: inout Canvas) {
    var x = gap
    for (ink, text) in legend {
      canvas.fill(PixelRect(x: x, y: y, width: 16, height: 16), .dim)
      canvas.fill(PixelRect(x: x + 1, y: y + 1, width: 14, height: 14), ink)
      canvas.write(text, x: x + 24, y: y)
      x += 52 + BitmapFont.width(of: text, scale: 2)
    }
  }

  /// A text in lines of a width, broken behind `+`, `-`, `_` and spaces if it can be.
  static func wrapped(_ text: String, width: Int) -> [String] {
    let room = max(1, (width / 2 + 1) / BitmapFont.advance)
    var lines: [String] = []
    var rest = text[...]
    while rest.count > room {
      let head = rest.prefix(room)
      let end = head.lastIndex { "+-_ ".contains($0) }.map(head.index(after:)) ?? head.endIndex
      lines.append(String(rest[..<end]))
      rest = rest[end...]
    }
    return lines + [String(rest)]
  }

  /// The end of a text that is too long for a width.
  private static func fitted(_ text: String, width: Int) -> String {
    let room = max(1, (width / 2 + 1) / BitmapFont.advance)
    return text.count <= room ? text : "~" + text.suffix(room - 1)
  }
}
