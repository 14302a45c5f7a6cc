import Foundation

/// How a plane that is too large for the network to see at once is cut into overlapping tiles.
///
/// Tiles begin at multiples of the network's, so that its deeper layers look at the same squares as they
/// would in the whole plane. Where two meet they overlap; in the middle of the overlap the answer passes
/// from one to the other along half a cosine, so that no seam shows, and beyond that each tile has seen
/// `margin` pixels more than it answers for.
struct Tiling: Equatable, Sendable {
  /// A tile's place along one axis.
  struct Span: Equatable, Sendable {
    /// What the network sees.
    let seen: Range<Int>
    /// Where its answer counts, wholly or in part.
    let kept: Range<Int>
    /// Where it takes over from the tile before; empty at the border of the plane.
    let rise: Range<Int>
    /// Where it hands over to the next tile; empty at the border of the plane.
    let fall: Range<Int>

    /// How much its answer counts at each place of `kept`: with its neighbours' it adds up to 1.
    var weights: [Float] {
      kept.map { place in
        if rise.contains(place) { return Self.share(place, of: rise) }
        if fall.contains(place) { return 1 - Self.share(place, of: fall) }
        return 1
      }
    }

    private static func share(_ place: Int, of ramp: Range<Int>) -> Float {
      let part = (Double(place - ramp.lowerBound) + 0.5) / Double(ramp.count)
      return Float(0.5 - 0.5 * cos(part * .pi))
    }
  }

  /// Places from top to bottom.
  let rows: [Span]
  /// Places from left to right.
  let columns: [Span]

  /// Pixels that the network sees at once, at most: 1.0 GB in AURA-net, 1.4 GB in Attention U-net, the
  /// filters as the kernels read them included.
  static let largestInput = 1 << 20
  /// Pixels that two tiles share at least, before they are made a multiple of the network's.
  static let leastOverlap = 256
  /// Pixels along which the answer passes from one tile to the next.
  static let ramp = 64
  /// Pixels at least that a tile sees beyond those it answers for.
  static let margin = (leastOverlap - ramp) / 2

  /// Cuts a plane whose sides are multiples of `multiple`.
  ///
  /// - Precondition: everything is at least 1.
  init(width: Int, height: Int, multiple: Int, largest: Int = largestInput) {
    precondition(
      min(width, height, multiple, largest) > 0, "\(width)x\(height) by \(multiple), \(largest)")
    guard width * height > largest else {
      rows = Self.spans(height, tile: height, overlap: 0, multiple: multiple)
      columns = Self.spans(width, tile: width, overlap: 0, multiple: multiple)
      return
    }
    let overlap = (Self.leastOverlap + multiple - 1) / multiple * multiple
    func side(_ length: Int) -> Int { max(length / multiple * multiple, 2 * overlap) }
    let square = side(Int(Double(largest).squareRoot()))
    let short = min(width, height, square)
    let long = side(largest / short)
    let (wide, high) =
      short == square ? (square, square) : width < height ? (short, long) : (long, short)
    rows = Self.spans(height, tile: high, overlap: overlap, multiple: multiple)
    columns = Self.spans(width, tile: wide, overlap: overlap, multiple: multiple)
  }

  /// The tiles, row by row.
  var tiles: [(rows: Span, columns: Span)] {
    rows.flatMap { row in columns.map { (row, $0) } }
  }

  /// As few tiles as reach, spread evenly.
  private static func spans(_ length: Int, tile: Int, overlap: Int, multiple: Int) -> [Span] {
    let tile = min(tile, length)
    let gaps = max(0, (length - overlap - 1) / max(tile - overlap, 1))
    let starts = (0...gaps).map { (length - tile) * $0 / max(gaps, 1) / multiple * multiple }
    let ramps = zip(starts, starts.dropFirst()).map { start, next in
      let middle = (start + tile + next) / 2
      return middle - ramp / 2..<middle + ramp / 2
    }
    return starts.enumerated().map { index, start in
      let rise = index > 0 ? ramps[index - 1] : 0..<0
      let fall = index < ramps.count ? ramps[index] : length..<length
      return Span(
        seen: start..<start + tile, kept: rise.lowerBound..<fall.upperBound, rise: rise, fall: fall)
    }
  }
}
