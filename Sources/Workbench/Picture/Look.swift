import Imaging
import Screen

/// How large and where an image is looked at, whatever the window.
struct Look: Equatable, Sendable {
  /// Screen pixels to a pixel of the image; nil shows the whole image.
  private(set) var zoom: Double?
  private var centerX = 0.0
  private var centerY = 0.0

  /// Where zooming stops.
  static let steps: [Double] = [
    1.0 / 64, 1.0 / 32, 1.0 / 16, 1.0 / 8, 1.0 / 6, 1.0 / 4, 1.0 / 3, 1.0 / 2, 2.0 / 3, 1, 1.5, 2,
    3,
    4, 6, 8, 12, 16, 24, 32,
  ]

  /// The whole image.
  init() {}

  /// The image at some zoom around a pixel.
  init(zoom: Double, around point: PixelPoint) {
    self.zoom = zoom
    centerX = Double(point.x) + 0.5
    centerY = Double(point.y) + 0.5
  }

  /// The view of an image in a part of the screen.
  func viewport(width: Int, height: Int, area: Rect) -> Viewport {
    var viewport = Viewport(fitting: width, height, in: area)
    guard let zoom else { return viewport }
    viewport.zoom = zoom
    viewport.centerX = centerX
    viewport.centerY = centerY
    viewport.pan(columns: 0, rows: 0)
    return viewport
  }

  /// Keeps a view that was moved; the whole image stays the whole image.
  mutating func keep(_ viewport: Viewport) {
    guard zoom != nil else { return }
    centerX = viewport.centerX
    centerY = viewport.centerY
  }

  /// Zooms by a step from how a view is, keeping what lies under a cell in its place.
  mutating func step(inward: Bool, from viewport: Viewport, around anchor: Point?) {
    var viewport = viewport
    let next =
      inward
      ? Self.steps.first { $0 > viewport.zoom * 1.001 }
      : Self.steps.last { $0 < viewport.zoom * 0.999 }
    guard let next else { return }
    viewport.zoom(by: next / viewport.zoom, around: anchor)
    zoom = next
    keep(viewport)
  }
}
