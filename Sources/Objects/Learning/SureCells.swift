public import Imaging

/// The pieces of a mask that are surely one cell each, where the mask does not tell cells apart.
///
/// Such a piece fills nearly all of its convex hull, and is of a size with the others of its set. Of the rest nobody
/// knows what they are, one cell of an odd shape or several that touch: it is nothing to learn cells from.
public struct SureCells: Sendable {
  /// One cell fills more than this share of its convex hull.
  static let solidity = 0.9
  /// The areas of one cell, as parts of the usual one.
  static let areas = 0.4...2.5

  private let pieces: LabelImage
  private let measures: [CellMeasures]

  /// Looks at the pieces of a mask.
  public init(piecesOf mask: Mask) {
    pieces = LabelImage(piecesOf: mask)
    measures = pieces.measures()
  }

  /// The median area of the pieces of a set's masks that the border has not cut, or of all where it has cut every
  /// one; nil where there are none.
  public static func usualArea(of set: some Sequence<SureCells>) -> Double? {
    let all = set.flatMap(\.measures)
    let whole = all.filter { !$0.isAtBorder }
    return Average.median((whole.isEmpty ? all : whole).map { Double($0.area) })
  }

  /// The pieces that are surely one cell each, where so many pixels are usual.
  public func cells(usualArea: Double) -> LabelImage {
    let sure = measures.filter { piece in
      piece.solidity > Self.solidity && Self.areas.contains(Double(piece.area) / usualArea)
    }
    let labels = Set(sure.map(\.label))
    return LabelImage(
      width: pieces.width, height: pieces.height,
      labels: pieces.labels.map { labels.contains($0) ? $0 : 0 })
  }
}
