import Imaging
import Project
import Recipes
import Screen

/// The image in hand with its pen and tools.
struct Desk: Equatable, Sendable {
  /// What lies over the image.
  enum Layer: CaseIterable, Sendable {
    /// The mask that is drawn on.
    case mask
    /// The network's proposal.
    case proposal
    /// Where the two differ.
    case difference
  }

  /// The image in hand.
  var key: ImageKey?
  /// What the pen does.
  var tool = Tool.brush
  /// Whether `fill` and the pen last drew cell (brush) or background (eraser).
  var draws = true
  /// Diameter of the brush in pixels, 1...64.
  var brushSize = 6
  /// Diameter of the eraser in pixels, 1...64.
  var eraserSize = 10
  /// Where the pen stands; nil until the image is there.
  var pen: PixelPoint?
  /// What part of the image is looked at.
  var look = Look()
  /// What lies over the image.
  var layer = Layer.mask
  /// Whether masks are tinted.
  var showsMask = true
  /// Whether masks are outlined.
  var showsOutline = true
  /// Black and white of the picture.
  var contrast = Contrast()
  /// The stroke being drawn.
  var stroke: StrokeInHand?
  /// Where a drag that moves the view was last.
  var panning: Point?

  /// Diameter of what the pen draws.
  var size: Int {
    switch tool {
    case .brush: brushSize
    case .eraser: eraserSize
    case .fill: 1
    }
  }
}
