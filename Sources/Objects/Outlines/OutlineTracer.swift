import Imaging

extension LabelImage {
  /// The outlines of all cells, in the order of their numbers.
  ///
  /// Found in one pass over the pixels and one along all edges.
  var outlines: [CellOutline] {
    var tracer = OutlineTracer(self)
    return tracer.outlines(of: self)
  }
}

/// Follows the edges between the pixels of a piece and all others.
///
/// Pixels that only a corner joins belong to different pieces, so that a ring which turns left wherever it can
/// never comes to a point twice: where two pixels of one piece meet in a corner, the piece itself goes round what
/// lies on one side of it, and the two sides are different rings.
private struct OutlineTracer {
  private let width: Int
  private let height: Int
  /// The runs of pixels and their pieces, which count from 1.
  private let pieces: Pieces
  /// The piece of each pixel, 0 for ground.
  private var piece: [Int32]
  /// The pixels whose upper edge belongs to a ring that is traced.
  private var isTraced: [Bool]

  init(_ cells: LabelImage) {
    (width, height) = (cells.width, cells.height)
    pieces = Pieces(of: cells, joinsCorners: false)
    piece = Array(repeating: 0, count: cells.labels.count)
    isTraced = Array(repeating: false, count: cells.labels.count)
    for (run, number) in pieces.runs {
      for pixel in run { piece[pixel] = Int32(number) }
    }
  }

  mutating func outlines(of cells: LabelImage) -> [CellOutline] {
    var found: [CellOutline.Piece?] = Array(repeating: nil, count: pieces.count)
    var firsts: [LabelImage.Label] = Array(repeating: 0, count: pieces.count)
    for (run, number) in pieces.runs {
      for pixel in run where !isTraced[pixel] && !isAbove(pixel, number) {
        let ring = ring(from: pixel, of: Int32(number))
        // The upper edge of the first pixel of a piece is on its outer ring, which has no other part.
        if found[number - 1]?.holes.append(ring) == nil {
          found[number - 1] = CellOutline.Piece(exterior: ring)
          firsts[number - 1] = cells.labels[pixel]
        }
      }
    }
    return Self.joined(found, firsts)
  }

  /// The pieces of each cell.
  private static func joined(
    _ pieces: [CellOutline.Piece?], _ labels: [LabelImage.Label]
  ) -> [CellOutline] {
    var outlines: [CellOutline] = []
    let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
    for place in order {
      guard let piece = pieces[place] else { continue }
      if outlines.last?.label != labels[place] {
        outlines.append(CellOutline(label: labels[place]))
      }
      outlines[outlines.count - 1].pieces.append(piece)
    }
    return outlines
  }

  /// Whether the pixel above one is of the same piece.
  private func isAbove(_ pixel: Int, _ number: Int) -> Bool {
    pixel >= width && piece[pixel - width] == Int32(number)
  }

  /// Follows a ring from the left end of a pixel's upper edge, to the right.
  private mutating func ring(from pixel: Int, of number: Int32) -> CellOutline.Ring {
    let start = PixelPoint(x: pixel % width, y: pixel / width)
    var (x, y) = (start.x, start.y)
    var (stepX, stepY) = (1, 0)
    var corners = [start]
    repeat {
      if stepX == 1 { isTraced[y * width + x] = true }
      x += stepX
      y += stepY
      // The pixels ahead on both sides of the way: of the four around a corner the one that lies half a step on,
      // and half a step to the left or the right.
      let left = contains((2 * x + stepX + stepY - 1) / 2, (2 * y + stepY - stepX - 1) / 2, number)
      let right = contains((2 * x + stepX - stepY - 1) / 2, (2 * y + stepY + stepX - 1) / 2, number)
      if left {
        (stepX, stepY) = (stepY, -stepX)
      } else if !right {
        (stepX, stepY) = (-stepY, stepX)
      } else {
        continue
      }
      if x != start.x || y != start.y { corners.append(PixelPoint(x: x, y: y)) }
    } while x != start.x || y != start.y
    return corners
  }

  /// Whether the pixel in column `x` of row `y` is of a piece; none outside of the picture is.
  private func contains(_ x: Int, _ y: Int, _ number: Int32) -> Bool {
    x >= 0 && y >= 0 && x < width && y < height && piece[y * width + x] == number
  }
}
