import Imaging
import Project
import Recipes

/// A stroke from its first pixel to its end.
struct StrokeInHand: Equatable, Sendable {
  /// The image that it is drawn on.
  let key: ImageKey
  /// What has to be recorded before it, see `OpenImage.adoption`.
  let adoption: MaskEdit?
  /// The mask before it.
  let before: TiledMask
  /// The mask with it.
  private(set) var mask: TiledMask
  /// Whether it draws cell or background.
  let adds: Bool
  /// Diameter of the pen.
  var size: Int
  /// Whether the mouse draws it, not the keyboard.
  let byMouse: Bool
  /// Where it is.
  private(set) var last: PixelPoint

  /// Puts the pen on an image.
  init(
    on key: ImageKey, _ image: OpenImage, adds: Bool, size: Int, byMouse: Bool, at point: PixelPoint
  ) {
    self.key = key
    adoption = image.adoption
    before = image.working
    mask = image.working
    self.adds = adds
    self.size = size
    self.byMouse = byMouse
    last = point
    draw(to: point)
  }

  /// What it changes so far.
  var edit: MaskEdit { MaskEdit(from: before, to: mask) }

  /// Draws on to a point, which may lie outside.
  mutating func draw(to point: PixelPoint) {
    let runs = mask.stroked(from: last, to: point, diameter: size)
    for run in runs { mask.fill(run, with: adds) }
    last = point
  }
}
