/// Shows a picture by half blocks, shades or braille, as the terminal's colours allow.
///
/// The source is asked for the colour of each dot that shows, once a frame, with the box of the
/// picture's pixels that the dot covers: so overlays cost only what is in view, and thin outlines
/// can be kept when zoomed out.
public struct Picture: Sendable {
  /// What shows where.
  public var viewport: Viewport
  /// What the terminal can show: half blocks; for 16 colours shades; without colour braille.
  public var depth: ColorDepth
  /// The dot to mark as a pen, if it is in view.
  public var pen: (x: Int, y: Int)?

  /// Makes a picture.
  public init(viewport: Viewport, depth: ColorDepth, pen: (x: Int, y: Int)? = nil) {
    self.viewport = viewport
    self.depth = depth
    self.pen = pen
  }

  /// Draws a picture that gives the colour of a box of pixels.
  ///
  /// `isMarked` tells outlines: without colour they are lines in a reversed band, where dots among
  /// dots would not show.
  public func drawBoxes(
    into grid: inout Grid, theme: Theme, isMarked: (PictureArea) -> Bool = { _ in false },
    color: (PictureArea) -> RGB
  ) {
    switch depth {
    case .direct, .palette256: drawHalfBlocks(into: &grid, theme: theme, color: color)
    case .ansi16: drawShades(into: &grid, theme: theme, color: color)
    case .none: drawBraille(into: &grid, theme: theme, isMarked: isMarked, color: color)
    }
    drawPen(into: &grid, theme: theme)
  }

  private func drawHalfBlocks(
    into grid: inout Grid, theme: Theme, color: (PictureArea) -> RGB
  ) {
    let around = theme[.background]
    drawCells(into: &grid, across: 1, down: 2) { left, top, box in
      var upper = box(0, 0).map(color) ?? around
      var lower = box(0, 1).map(color) ?? around
      if depth == .palette256 {
        let column = viewport.area.origin.column + left
        upper = Self.dithered(upper, x: column, y: top)
        lower = Self.dithered(lower, x: column, y: top + 1)
      }
      let style = Style(foreground: upper, background: lower)
      return Cell(upper == lower ? " " : "▀", style)
    }
  }

  private func drawShades(into grid: inout Grid, theme: Theme, color: (PictureArea) -> RGB) {
    drawCells(into: &grid, across: 1, down: 1) { _, _, box in
      box(0, 0).map { Palette.shade(of: color($0)) } ?? Cell(" ", theme.style(.text))
    }
  }

  private func drawBraille(
    into grid: inout Grid, theme: Theme, isMarked: (PictureArea) -> Bool,
    color: (PictureArea) -> RGB
  ) {
    drawCells(into: &grid, across: 2, down: 4) { left, top, box in
      var dots = Braille()
      var marks = Braille()
      for (x, y) in Braille.places {
        guard let box = box(x, y) else { continue }
        if isMarked(box) { marks.set(x: x, y: y) }
        let found = color(box).luminance
        let ink = theme.isLight ? 255 - found : found
        if ink > Self.threshold(x: left + x, y: top + y) { dots.set(x: x, y: y) }
      }
      return marks.isEmpty
        ? Cell(dots.character, theme.style(.text))
        : Cell(marks.character, theme.style(.outline, bold: true, reversed: true))
    }
  }

  /// Makes each cell of the area that is on the screen, of its first dot's place in the area and the
  /// pixels under each of its dots, nil beside the picture.
  private func drawCells(
    into grid: inout Grid, across: Int, down: Int,
    cell: (_ left: Int, _ top: Int, _ box: (_ x: Int, _ y: Int) -> PictureArea?) -> Cell
  ) {
    let columns = boxes(across: true, dots: viewport.area.size.columns * across)
    let rows = boxes(across: false, dots: viewport.area.size.rows * down)
    let visible = viewport.area.intersection(grid.bounds)
    for row in visible.rows {
      let top = (row - viewport.area.origin.row) * down
      for column in visible.columns {
        let left = (column - viewport.area.origin.column) * across
        grid[column, row] = cell(left, top) { x, y in
          let (xs, ys) = (columns[left + x], rows[top + y])
          return xs.isEmpty || ys.isEmpty ? nil : PictureArea(xs: xs, ys: ys)
        }
      }
    }
  }

  /// A tint between two steps of its ramp, of which 256 colours have few; greys have enough, and
  /// full colours are marks that should stay even.
  private static func dithered(_ color: RGB, x: Int, y: Int) -> RGB {
    let high = max(color.red, color.green, color.blue)
    let spread = high - min(color.red, color.green, color.blue)
    guard spread > 16, spread < 110 else { return color }
    let shift = Int(threshold(x: x, y: y) - 128) / 6
    func part(_ value: UInt8) -> UInt8 { UInt8(max(0, min(255, Int(value) + shift))) }
    return RGB(part(color.red), part(color.green), part(color.blue))
  }

  /// Ordered dithering (Bayer 1973, 4 by 4): it does not crawl when the picture is moved.
  private static func threshold(x: Int, y: Int) -> Double {
    let order = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
    return (Double(order[(y & 3) * 4 + (x & 3)]) + 0.5) * 16
  }

  /// The picture's columns (or rows) that each dot of the area covers; empty beside the picture.
  private func boxes(across: Bool, dots: Int) -> [Range<Int>] {
    let extent = across ? viewport.width : viewport.height
    let screen = Double(across ? viewport.area.size.columns : viewport.area.size.rows * 2)
    let dot = screen / Double(max(1, dots))
    let center = across ? viewport.centerX : viewport.centerY
    return (0..<max(0, dots)).map { index in
      let from = center + (Double(index) * dot - screen / 2) / viewport.zoom
      let to = from + dot / viewport.zoom
      let middle = (from + to) / 2
      guard middle >= 0, middle < Double(extent) else { return 0..<0 }
      guard to - from > 1 else { return Int(middle)..<(Int(middle) + 1) }
      let first = max(0, Int(from.rounded()))
      return first..<max(first + 1, min(extent, Int(to.rounded())))
    }
  }

  private func drawPen(into grid: inout Grid, theme: Theme) {
    guard let pen, let (place, half) = viewport.cell(ofPixelX: pen.x, y: pen.y),
      var cell = grid[place.column, place.row]
    else { return }
    switch depth {
    case .direct, .palette256:
      if cell.character != "▀" { cell.style.foreground = cell.style.background }
      cell.character = "▀"
      switch half {
      case .upper: cell.style.foreground = theme[.pen]
      case .lower: cell.style.background = theme[.pen]
      }
    case .ansi16:
      cell = Cell("+", Style(foreground: theme[.pen], background: theme[.background], bold: true))
    case .none:
      cell = Cell("+", theme.style(.pen, reversed: true))
    }
    grid[place.column, place.row] = cell
  }
}

/// The pixels of a picture that one dot of the screen stands for; at least one.
public struct PictureArea: Hashable, Sendable {
  /// Columns of the picture.
  public let xs: Range<Int>
  /// Rows of the picture.
  public let ys: Range<Int>
}
