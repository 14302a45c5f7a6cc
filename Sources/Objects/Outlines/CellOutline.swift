import Imaging

/// The outline of a cell along the edges of its pixels.
///
/// A cell has a piece for each of its parts that no edge of a pixel joins. Each ring is simple: it crosses itself
/// nowhere and comes to no point twice, and two rings of a cell meet in points only. So a piece is a polygon that
/// GEOS, JTS and Shapely call valid, and what is within has just the cell's pixels.
struct CellOutline: Equatable, Sendable {
  /// The corners of pixels at which a ring turns, in order and each once; the pixel at column 0 of row 0 lies
  /// between 0 and 1 both ways.
  typealias Ring = [PixelPoint]

  /// Pixels that edges join.
  struct Piece: Equatable, Sendable {
    /// Its outer ring, with the cell to the right of who follows it on a screen.
    let exterior: Ring
    /// The rings of its holes, with the cell to the right too.
    var holes: [Ring] = []
  }

  /// The cell's number.
  let label: LabelImage.Label
  /// Its pieces, in the order of their first pixels.
  var pieces: [Piece] = []

  /// All rings: of each piece the outer one, then those of its holes.
  var rings: [Ring] { pieces.flatMap { [$0.exterior] + $0.holes } }
}
