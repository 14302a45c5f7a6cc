/// How a long image is looked at piece by piece along its longer side, in the image's own pixels.
///
/// Pieces overlap by about a square, and each answers for its own middle. They begin where a pixel of
/// the image begins at the working size too, so that a piece is scaled as the whole would be.
struct Tiling: Equatable, Sendable {
  /// A piece: what is looked at, and the part of it whose answer counts.
  struct Tile: Equatable, Sendable {
    /// What the network sees.
    let seen: Range<Int>
    /// What it is asked for.
    let kept: Range<Int>
  }

  /// The pieces; what they keep joins to the whole side.
  let tiles: [Tile]

  /// Pixels that the network sees at once, at least; three squares where these are more.
  static let largestInput = 1 << 20

  /// Cuts a side of `long` pixels across which the image has `short`.
  ///
  /// - Precondition: everything is at least 1.
  init(long: Int, short: Int, size: Int, largest: Int = largestInput) {
    precondition(min(long, short, size, largest) > 0, "\(long)x\(short) at size \(size)")
    let scale = Double(size) / Double(short)
    guard Double(long) * scale * Double(size) > Double(max(largest, 3 * size * size)) else {
      tiles = [Tile(seen: 0..<long, kept: 0..<long)]
      return
    }
    let unit = short / Self.commonDivisor(short, size)
    let halo = (short + 2 * unit - 1) / (2 * unit) * unit
    let room = Int(Double(largest) / Double(size) / scale) - 2 * halo
    let step = max(room / unit * unit, (short + unit - 1) / unit * unit)
    tiles = stride(from: 0, to: long, by: step).map { start in
      let end = min(start + step, long)
      return Tile(seen: max(0, start - halo)..<min(long, end + halo), kept: start..<end)
    }
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : commonDivisor(b, a % b)
  }
}
