import Imaging
import Screen

/// How pictures are shown, on all screens alike.
struct DisplaySettings: Equatable, Sendable {
  /// Black and white.
  var contrast = Contrast()
  /// Whether masks are tinted.
  var showsMask = true
  /// Whether masks are outlined.
  var showsOutline = true
}

extension Contrast {
  /// What the panel calls it.
  var title: String {
    let name = isStretched ? "stretched" : "full range"
    return steps == 0 ? name : "\(name) \(steps < 0 ? "+" : "-")\(abs(steps))"
  }

  /// More contrast (below 0) or less.
  mutating func step(by count: Int) {
    steps = min(max(steps + count, Self.allowed.lowerBound), Self.allowed.upperBound)
  }
}

extension Window {
  /// The window of greys of an image, where keys have changed it.
  func contrastNote(_ shown: ShownImage?) -> String {
    guard display.contrast != Contrast(), let shown else { return "" }
    return "   " + shown.windowText(with: display.contrast)
  }

  /// A mask over a picture, as the settings want it.
  ///
  /// Where an image is drawn on few dots, an outline would hide what it runs around: tint alone then.
  func overlay(
    _ mask: TiledMask, _ tint: Role, _ outline: Role, in viewport: Viewport
  ) -> PicturePaint.Overlay {
    let dots =
      Double(min(mask.width, mask.height)) * viewport.zoom * (colorDepth == .none ? 2 : 1)
    let hasRoom = dots >= 40
    return .mask(
      MaskSampler(mask, in: viewport),
      tint: display.showsMask || (display.showsOutline && !hasRoom) ? tint : nil,
      outline: display.showsOutline && hasRoom ? outline : nil)
  }

  /// Cells over a picture, as the settings want them: one as a mask, several each in its own colour.
  func overlay(
    _ cells: TiledLabels, _ colours: CellColours, _ tint: Role, _ outline: Role,
    in viewport: Viewport
  ) -> PicturePaint.Overlay {
    let plain = overlay(cells.mask, tint, outline, in: viewport)
    guard cells.cells.count > 1, case .mask(let mask, let tint, let outline) = plain else {
      return plain
    }
    return .cells(
      CellSampler(cells, colours, mask, in: viewport), isTinted: tint != nil, outline: outline)
  }

  /// Draws a picture with what lies over it, a pen, and the line that it draws.
  func draw(
    _ shown: ShownImage, in viewport: Viewport, _ overlay: PicturePaint.Overlay,
    pen: PixelPoint? = nil, ring: PicturePaint.Ring? = nil, line: [PixelPoint] = [],
    into grid: inout Grid
  ) {
    var paint = PicturePaint(
      shown, overlay: overlay, theme: theme, depth: colorDepth, contrast: display.contrast)
    paint.ring = ring
    paint.line = PenLine(line, of: shown.image).map { MaskSampler($0.mask, in: viewport) }
    Picture(viewport: viewport, depth: colorDepth, pen: pen.map { ($0.x, $0.y) }).drawBoxes(
      into: &grid, theme: theme, isMarked: paint.isMarked, color: paint.color)
  }

  /// Draws a picture below a line that says what it is, with a ring around what is looked at.
  func drawPane(
    _ title: String, _ role: Role, _ shown: ShownImage, _ viewer: Viewer, in pane: Rect,
    ring: PicturePaint.Ring? = nil, into grid: inout Grid,
    overlay: (Viewport) -> PicturePaint.Overlay = { _ in .none }
  ) {
    drawTitle(title, role, in: pane, into: &grid)
    let viewport = viewer.viewport(of: shown.image, in: pane.picture)
    draw(shown, in: viewport, overlay(viewport), ring: ring, into: &grid)
  }
}

extension Rect {
  /// A pane's part below its title.
  var picture: Rect { splitTop(1).rest }
}
