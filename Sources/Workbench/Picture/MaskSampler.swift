import Imaging
import Screen

/// Looks a mask up for the dots of the screen.
struct MaskSampler {
  private let pixels: [UInt8]
  private let width: Int
  private let height: Int

  /// Looks `mask` up.
  init(_ mask: Mask) {
    pixels = mask.pixels
    width = mask.width
    height = mask.height
  }

  /// Whether a pixel is cell; outside none is.
  func isCell(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] != 0
  }

  /// Whether a dot shows cell: any of four pixels spread over it, so that thin strokes stay.
  func contains(_ box: PixelBox) -> Bool {
    let right = box.xs.upperBound - 1
    let bottom = box.ys.upperBound - 1
    if right <= box.xs.lowerBound, bottom <= box.ys.lowerBound { return isCell(right, bottom) }
    let left = box.xs.lowerBound + box.xs.count / 4
    let top = box.ys.lowerBound + box.ys.count / 4
    let farther = max(left, right - box.xs.count / 4)
    let lower = max(top, bottom - box.ys.count / 4)
    return isCell(left, top) || isCell(farther, top) || isCell(left, lower)
      || isCell(farther, lower)
  }

  /// Whether a dot is cell and one beside it is not.
  func isEdge(_ box: PixelBox) -> Bool {
    guard contains(box) else { return false }
    return neighbors(of: box).contains { !contains($0) }
  }

  /// Whether a dot is no edge but one beside it is.
  func isBesideEdge(_ box: PixelBox) -> Bool {
    !isEdge(box) && neighbors(of: box).contains { isEdge($0) }
  }

  private func neighbors(of box: PixelBox) -> [PixelBox] {
    let w = box.xs.count
    let h = box.ys.count
    func moved(_ dx: Int, _ dy: Int) -> PixelBox {
      PixelBox(
        xs: (box.xs.lowerBound + dx)..<(box.xs.upperBound + dx),
        ys: (box.ys.lowerBound + dy)..<(box.ys.upperBound + dy))
    }
    return [moved(-w, 0), moved(w, 0), moved(0, -h), moved(0, h)]
  }
}
