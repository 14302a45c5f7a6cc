/// How a picture lies in a part of the screen: which of its pixels is where, how large.
///
/// A screen pixel is half a cell high and a cell wide, about square.
public struct Viewport: Hashable, Sendable {
  /// Columns of the picture, in its own pixels.
  public let width: Int
  /// Rows of the picture, in its own pixels.
  public let height: Int
  /// The cells that show it.
  public var area: Rect
  /// Screen pixels for a pixel of the picture; above 1 pixels are large squares.
  public var zoom: Double
  /// The place of the picture in the middle of the area; 0.5 is the middle of the first column.
  public var centerX: Double
  /// The same for rows.
  public var centerY: Double

  /// Shows the whole picture, as large as fits.
  public init(fitting width: Int, _ height: Int, in area: Rect) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.area = area
    centerX = Double(self.width) / 2
    centerY = Double(self.height) / 2
    zoom = 1
    guard width > 0, height > 0, !area.isEmpty else { return }
    zoom = Self.useful(
      min(Double(area.size.columns) / Double(width), Double(area.size.rows * 2) / Double(height)))
  }

  /// Held to the range of useful zooms.
  private static func useful(_ zoom: Double) -> Double { min(32, max(1 / 64, zoom)) }

  /// Zooms by a factor; what lies under `anchor` (the middle if nil) stays where it is.
  public mutating func zoom(by factor: Double, around anchor: Point? = nil) {
    guard factor.isFinite, factor > 0 else { return }
    let anchor = anchor ?? area.centered(Size(columns: 1, rows: 1)).origin
    let before = position(ofScreenX: middleX(of: anchor), y: middleY(of: anchor))
    zoom = Self.useful(zoom * factor)
    let after = position(ofScreenX: middleX(of: anchor), y: middleY(of: anchor))
    centerX += before.x - after.x
    centerY += before.y - after.y
    keepInside()
  }

  /// Moves the picture's part that shows, by screen pixels; the picture never leaves the area.
  public mutating func pan(columns: Double, rows: Double) {
    centerX += columns / zoom
    centerY += rows / zoom
    keepInside()
  }

  /// Moves as little as brings a pixel into view, `margin` screen pixels from the border.
  public mutating func reveal(x: Int, y: Int, margin: Double = 4) {
    let halfX = max(0.5, Double(area.size.columns) / 2 - margin) / zoom
    let halfY = max(0.5, Double(area.size.rows) - margin) / zoom
    centerX = min(Double(x) + 0.5 + halfX, max(Double(x) + 0.5 - halfX, centerX))
    centerY = min(Double(y) + 0.5 + halfY, max(Double(y) + 0.5 - halfY, centerY))
    keepInside()
  }

  private mutating func keepInside() {
    centerX = Self.kept(centerX, extent: width, shown: Double(area.size.columns) / zoom)
    centerY = Self.kept(centerY, extent: height, shown: Double(area.size.rows * 2) / zoom)
  }

  private static func kept(_ center: Double, extent: Int, shown: Double) -> Double {
    let extent = Double(extent)
    guard shown < extent else { return extent / 2 }
    return min(extent - shown / 2, max(shown / 2, center))
  }

  private func middleX(of cell: Point) -> Double { Double(cell.column - area.origin.column) + 0.5 }
  private func middleY(of cell: Point) -> Double { Double((cell.row - area.origin.row) * 2) + 1 }

  /// The place in the picture of a place in the area, in screen pixels from its top left.
  private func position(ofScreenX screenX: Double, y screenY: Double) -> (x: Double, y: Double) {
    (
      centerX + (screenX - Double(area.size.columns) / 2) / zoom,
      centerY + (screenY - Double(area.size.rows)) / zoom
    )
  }

  /// The pixel under a cell's middle, or under the middle of one of its halves; nil beside the
  /// picture or the area.
  public func pixel(at cell: Point, half: Half? = nil) -> (x: Int, y: Int)? {
    guard area.contains(cell), let pixel = unclippedPixel(at: cell, half: half),
      pixel.x >= 0, pixel.x < width, pixel.y >= 0, pixel.y < height
    else { return nil }
    return pixel
  }

  /// The same without a border: a drag may leave the picture and come back.
  public func unclippedPixel(at cell: Point, half: Half? = nil) -> (x: Int, y: Int)? {
    let down = half.map { $0 == .upper ? -0.5 : 0.5 } ?? 0
    // A hair above the middle, so that where a half block is a pixel the upper one is meant.
    let screenY = middleY(of: cell) + down - 0.001
    let place = position(ofScreenX: middleX(of: cell), y: screenY)
    guard abs(place.x) < 1e9, abs(place.y) < 1e9 else { return nil }
    return (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
  }

  /// The cell, and its half, over a pixel's middle; nil where it is not in view.
  public func cell(ofPixelX x: Int, y: Int) -> (cell: Point, half: Half)? {
    let screenX = (Double(x) + 0.5 - centerX) * zoom + Double(area.size.columns) / 2
    let screenY = (Double(y) + 0.5 - centerY) * zoom + Double(area.size.rows)
    guard screenX >= 0, screenY >= 0, screenX < Double(area.size.columns),
      screenY < Double(area.size.rows * 2)
    else { return nil }
    let cell = Point(
      column: area.origin.column + Int(screenX), row: area.origin.row + Int(screenY) / 2)
    return (cell, Int(screenY) % 2 == 0 ? .upper : .lower)
  }
}

/// One of the two pixels of a cell.
public enum Half: Hashable, Sendable {
  /// The foreground of `▀`.
  case upper
  /// The background of `▀`.
  case lower
}
