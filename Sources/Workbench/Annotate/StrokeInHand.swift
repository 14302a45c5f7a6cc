import Imaging
import Project

/// A stroke from its first pixel to its end.
struct StrokeInHand: Equatable, Sendable {
  /// The image that it is drawn on.
  let key: ImageKey
  /// What has to be recorded before it, see `OpenImage.adoption`.
  let adoption: MaskEdit?
  /// The mask before it.
  let before: Mask
  /// The mask with it.
  private(set) var mask: Mask
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
    stamp(point)
  }

  /// What it changes so far.
  var edit: MaskEdit { MaskEdit(from: before, to: mask) }

  /// Draws on to a point, which may lie outside.
  mutating func draw(to point: PixelPoint) {
    let bound = 4 * (mask.width + mask.height) + 64
    let end = PixelPoint(
      x: min(max(point.x, -bound), mask.width + bound),
      y: min(max(point.y, -bound), mask.height + bound))
    let dx = end.x - last.x
    let dy = end.y - last.y
    let steps = max(abs(dx), abs(dy))
    let start = last
    for step in 0...steps where step > 0 || steps == 0 {
      let along = steps == 0 ? 0 : Double(step) / Double(steps)
      stamp(
        PixelPoint(
          x: start.x + Int((along * Double(dx)).rounded()),
          y: start.y + Int((along * Double(dy)).rounded())))
    }
    last = end
  }

  private mutating func stamp(_ point: PixelPoint) {
    let radius = Double(size) / 2
    let shift = size.isMultiple(of: 2) ? 0.5 : 0.0
    for row in -(size / 2)..<((size + 1) / 2) {
      let y = point.y + row
      guard y >= 0, y < mask.height else { continue }
      let height = Double(row) + shift
      let reach = max(0, radius * radius - height * height).squareRoot()
      let first = max(0, point.x + Int((-reach - shift + 0.001).rounded(.up)))
      let last = min(mask.width - 1, point.x + Int((reach - shift - 0.001).rounded(.down)))
      guard first <= last else { continue }
      mask.fill((y * mask.width + first)..<(y * mask.width + last + 1), with: adds)
    }
  }
}

extension Mask {
  /// The mask with the connected region (by edges) around a pixel turned to cell or background.
  func filled(at point: PixelPoint, with cell: Bool) -> Mask {
    guard point.x >= 0, point.x < width, point.y >= 0, point.y < height,
      self[point.x, point.y] != cell
    else { return self }
    var result = self
    var waiting = [point]
    while let seed = waiting.popLast() {
      guard result[seed.x, seed.y] != cell else { continue }
      var first = seed.x
      var last = seed.x
      while first > 0, result[first - 1, seed.y] != cell { first -= 1 }
      while last < width - 1, result[last + 1, seed.y] != cell { last += 1 }
      let row = seed.y * width
      result.fill((row + first)..<(row + last + 1), with: cell)
      for y in [seed.y - 1, seed.y + 1] where y >= 0 && y < height {
        var inside = false
        for x in first...last {
          let open = result[x, y] != cell
          if open, !inside { waiting.append(PixelPoint(x: x, y: y)) }
          inside = open
        }
      }
    }
    return result
  }
}
