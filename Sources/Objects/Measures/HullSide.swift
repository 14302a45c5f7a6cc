import Imaging

/// The left side of a convex hull of pixels that are diamonds, from top to bottom, in half pixels.
struct HullSide {
  /// Its corners, row by row, none on the line between its neighbours; a pixel's middle is at even numbers.
  let corners: [PixelPoint]
  private let rows: Int

  /// Takes the leftmost pixel of each row that has one; the first and the last have.
  init(_ firsts: [Int?]) {
    rows = firsts.count
    var corners: [PixelPoint] = []
    func add(_ corner: PixelPoint) {
      while let b = corners.last, let a = corners.dropLast().last,
        (b.x - a.x) * (corner.y - a.y) >= (corner.x - a.x) * (b.y - a.y)
      {
        corners.removeLast()
      }
      corners.append(corner)
    }
    var above: Int?
    for (row, first) in firsts.enumerated() {
      if let edge = above.map({ min($0, first ?? $0) }) ?? first {
        add(PixelPoint(x: 2 * edge, y: 2 * row - 1))
      }
      if let first { add(PixelPoint(x: 2 * first - 1, y: 2 * row)) }
      above = first
    }
    if let above { add(PixelPoint(x: 2 * above, y: 2 * rows - 1)) }
    self.corners = corners
  }

  /// The first pixel of each row whose middle lies at the side or right of it.
  var firstPixels: [Int] {
    var below = 1
    return (0..<rows).map { row in
      while below + 1 < corners.count, corners[below].y < 2 * row { below += 1 }
      let (a, b) = (corners[below - 1], corners[below])
      // Twice the pixel's column is at least where the line from a to b crosses its row.
      let divisor = 2 * (b.y - a.y)
      let crossing = a.x * (b.y - a.y) + (b.x - a.x) * (2 * row - a.y)
      return crossing > 0 ? (crossing - 1) / divisor + 1 : crossing / divisor
    }
  }
}
