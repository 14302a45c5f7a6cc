import Imaging
import Screen

/// Looks a mask up for the dots of the screen.
///
/// Zoomed out, blocks of pixels are counted once, not anew for each dot.
struct MaskSampler {
  /// How much of each block is cell, 0...255.
  private let blocks: [UInt8]
  private let width: Int
  private let height: Int
  /// Blocks are `1 << shift` pixels wide and high.
  private let shift: Int

  /// Looks `mask` up at a zoom, in screen pixels to a pixel of the image.
  init(_ mask: Mask, zoom: Double) {
    var shift = 0
    while shift < 6, Double(2 << shift) * zoom <= 1 { shift += 1 }
    self.shift = shift
    width = (mask.width + (1 << shift) - 1) >> shift
    height = (mask.height + (1 << shift) - 1) >> shift
    blocks = shift == 0 ? mask.pixels : Self.counted(mask, shift: shift, width, height)
  }

  private static func counted(
    _ mask: Mask, shift: Int, _ width: Int, _ height: Int
  ) -> [UInt8] {
    let source = mask.pixels
    var counts = [UInt16](repeating: 0, count: width * height)
    for y in 0..<mask.height {
      let row = (y >> shift) * width
      let start = y * mask.width
      for x in 0..<mask.width { counts[row + (x >> shift)] += UInt16(source[start + x]) }
    }
    let side = 1 << shift
    return counts.indices.map { index in
      let across = min(side, mask.width - (index % width) * side)
      let down = min(side, mask.height - (index / width) * side)
      return UInt8(Int(counts[index]) * 255 / max(1, across * down))
    }
  }

  /// How much of a dot is cell, 0...1.
  func coverage(_ box: PixelBox) -> Double {
    let sum = sum(box.xs.lowerBound, box.xs.upperBound, box.ys.lowerBound, box.ys.upperBound)
    return sum.count == 0 ? 0 : Double(sum.total) / Double(sum.count * full)
  }

  /// Whether most of a dot is cell.
  func contains(_ box: PixelBox) -> Bool {
    contains(xs: box.xs.lowerBound, box.xs.upperBound, ys: box.ys.lowerBound, box.ys.upperBound)
  }

  /// Whether a dot is cell and one beside it is not.
  func isEdge(_ box: PixelBox) -> Bool {
    guard contains(box) else { return false }
    let (left, right) = (box.xs.lowerBound, box.xs.upperBound)
    let (top, bottom) = (box.ys.lowerBound, box.ys.upperBound)
    let (w, h) = (right - left, bottom - top)
    return !contains(xs: left - w, left, ys: top, bottom)
      || !contains(xs: right, right + w, ys: top, bottom)
      || !contains(xs: left, right, ys: top - h, top)
      || !contains(xs: left, right, ys: bottom, bottom + h)
  }

  private func contains(xs left: Int, _ right: Int, ys top: Int, _ bottom: Int) -> Bool {
    let sum = sum(left, right, top, bottom)
    return sum.total * 2 >= sum.count * full && sum.count > 0
  }

  /// What a block full of cell counts.
  private var full: Int { shift == 0 ? 1 : 255 }

  private func sum(
    _ left: Int, _ right: Int, _ top: Int, _ bottom: Int
  ) -> (total: Int, count: Int) {
    let firstX = max(0, left >> shift)
    let firstY = max(0, top >> shift)
    let endX = min(width, max((left >> shift) + 1, right >> shift))
    let endY = min(height, max((top >> shift) + 1, bottom >> shift))
    guard firstX < endX, firstY < endY else { return (0, 0) }
    var total = 0
    for y in firstY..<endY {
      for x in firstX..<endX { total += Int(blocks[y * width + x]) }
    }
    return (total, (endX - firstX) * (endY - firstY))
  }
}
