import Imaging
import Screen

/// How an image is looked at, in one part of the screen or in several of one size: the zoom, the place,
/// and the drag that moves it.
///
/// Every picture that can be zoomed is looked at through one.
struct Viewer: Equatable, Sendable {
  enum Command: Hashable, Sendable {
    case zoomIn, zoomOut, wholeImage, pixelForPixel
    case pan(dx: Int, dy: Int)
    case toggleContrast, narrowWindow, widenWindow, resetWindow
    case moveEnd(Contrast.End, by: Int)
    case toggleMask, toggleOutline
  }

  /// The image as it was zoomed and moved last; nil shows the whole image.
  private var kept: Viewport?
  /// Where a drag that moves the image was last.
  private var draggedFrom: Point?
  /// Where the left button was pressed, until the mouse moves.
  private var pressedAt: Point?

  /// Where zooming stops.
  static let steps: [Double] = [
    1.0 / 64, 1.0 / 32, 1.0 / 16, 1.0 / 8, 1.0 / 6, 1.0 / 4, 1.0 / 3, 1.0 / 2, 2.0 / 3, 1, 1.5, 2,
    3, 4, 6, 8, 12, 16, 24, 32,
  ]

  /// The viewport of an image in a part of the screen.
  func viewport(of image: Image, in area: Rect) -> Viewport {
    var viewport = Viewport(fitting: image.width, image.height, in: area)
    guard let kept else { return viewport }
    viewport.zoom = kept.zoom
    viewport.centerX = kept.centerX
    viewport.centerY = kept.centerY
    viewport.pan(columns: 0, rows: 0)
    return viewport
  }

  /// Carries a command out on a viewport as it is now (none while there is no image), around a pixel
  /// that matters, if there is one.
  mutating func perform(
    _ command: Command, _ viewport: Viewport?, around pixel: PixelPoint? = nil,
    _ display: inout DisplaySettings
  ) {
    switch command {
    case .zoomIn, .zoomOut:
      guard let viewport else { return }
      let anchor = pixel.flatMap { viewport.cell(ofPixelX: $0.x, y: $0.y)?.cell }
      step(inward: command == .zoomIn, from: viewport, around: anchor)
    case .wholeImage: kept = nil
    case .pixelForPixel:
      guard var viewport else { return }
      viewport.zoom = 1
      if let pixel {
        (viewport.centerX, viewport.centerY) = (Double(pixel.x) + 0.5, Double(pixel.y) + 0.5)
      }
      kept = viewport
    case .pan(let dx, let dy): viewport.map { pan($0, columns: 4 * dx, rows: 2 * dy) }
    case .toggleContrast: display.contrast = Contrast(isStretched: !display.contrast.isStretched)
    case .narrowWindow: display.contrast.step(by: -1)
    case .widenWindow: display.contrast.step(by: 1)
    case .resetWindow: display.contrast = Contrast(isStretched: display.contrast.isStretched)
    case .moveEnd(let end, let count): display.contrast.move(end, by: count)
    case .toggleMask: display.showsMask.toggle()
    case .toggleOutline: display.showsOutline.toggle()
    }
  }

  /// The wheel zooms around what it points at, with Ctrl it moves the white end of the contrast; a drag with
  /// any button moves the image.
  ///
  /// `areas` show the image, all of one size, and `viewport` is the image in the first of them.
  mutating func take(
    _ mouse: Mouse, in areas: [Rect], _ viewport: Viewport?, _ display: inout DisplaySettings
  ) {
    guard let viewport else { return }
    switch mouse.action {
    case .scrollUp where mouse.control, .scrollDown where mouse.control:
      display.contrast.move(.white, by: mouse.action == .scrollUp ? 1 : -1)
    case .scrollUp, .scrollDown:
      guard let area = areas.first(where: { $0.contains(mouse.point) }) else { return }
      let anchor = Point(
        column: mouse.point.column - area.origin.column + viewport.area.origin.column,
        row: mouse.point.row - area.origin.row + viewport.area.origin.row)
      step(inward: mouse.action == .scrollUp, from: viewport, around: anchor)
    case .press:
      draggedFrom = mouse.point
      pressedAt = mouse.button == .left ? mouse.point : nil
    case .drag, .move:
      guard let from = draggedFrom else { return }
      draggedFrom = mouse.point
      if from != mouse.point { pressedAt = nil }
      pan(
        viewport, columns: from.column - mouse.point.column,
        rows: from.row - mouse.point.row)
    case .release: release()
    }
  }

  /// Whether the left button comes up where it went down, the mouse not having moved.
  func isClicked(by mouse: Mouse) -> Bool {
    mouse.action == .release && isDragged && pressedAt == mouse.point
  }

  /// Whether a drag is moving the image.
  var isDragged: Bool { draggedFrom != nil }

  mutating func release() { (draggedFrom, pressedAt) = (nil, nil) }

  /// Moves as little as shows a pixel.
  mutating func reveal(_ pixel: PixelPoint, _ viewport: Viewport) {
    var viewport = viewport
    viewport.reveal(x: pixel.x, y: pixel.y)
    keep(viewport)
  }

  /// Looks at a part of an image from so near that it takes a third of what is shown, as far as zooming goes.
  mutating func look(at box: PixelBox, _ viewport: Viewport) {
    var viewport = viewport
    let whole = Viewport(fitting: viewport.width, viewport.height, in: viewport.area).zoom
    let size = viewport.area.size
    let near =
      min(
        Double(size.columns) / Double(max(1, box.columns.count)),
        Double(size.rows * 2) / Double(max(1, box.rows.count))) / 3
    guard let zoom = Self.steps.last(where: { $0 <= min(near, Self.nearest) }), zoom > whole else {
      kept = nil
      return
    }
    viewport.zoom = zoom
    viewport.centerX = Double(box.columns.lowerBound + box.columns.upperBound) / 2
    viewport.centerY = Double(box.rows.lowerBound + box.rows.upperBound) / 2
    viewport.pan(columns: 0, rows: 0)
    kept = viewport
  }

  /// A part of an image is never looked at from nearer than this.
  private static let nearest = 8.0

  private mutating func pan(_ viewport: Viewport, columns: Int, rows: Int) {
    var viewport = viewport
    viewport.pan(columns: Double(columns), rows: Double(2 * rows))
    keep(viewport)
  }

  /// Keeps a view that was moved; the whole image stays the whole image.
  private mutating func keep(_ viewport: Viewport) {
    if kept != nil { kept = viewport }
  }

  /// Zooms by a step from how a view is, keeping what lies under a cell in its place.
  private mutating func step(inward: Bool, from viewport: Viewport, around anchor: Point?) {
    var viewport = viewport
    let next =
      inward
      ? Self.steps.first { $0 > viewport.zoom * 1.001 }
      : Self.steps.last { $0 < viewport.zoom * 0.999 }
    guard let next else { return }
    viewport.zoom(by: next / viewport.zoom, around: anchor)
    viewport.zoom = next
    kept = viewport
  }
}
