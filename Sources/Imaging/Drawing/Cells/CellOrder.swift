import Foundation

/// Cells as a text is read: band by band from the top, in each from the left.
///
/// A band is as high as a cell is wide, and a power of two, so that drawing one cell seldom moves the others from
/// band to band.
public struct CellOrder: Equatable, Sendable {
  /// The cells, in order.
  public let labels: [LabelImage.Label]

  private let bandShift: Int
  private let keys: [Key]
  private let places: [LabelImage.Label: Int]

  /// Puts cells in order by their centroids.
  public init(of cells: TiledLabels) {
    let areas = cells.cells.values.map(\.area).sorted()
    // A disc of that area is this wide.
    let width = areas.isEmpty ? 1 : 2 * (Double(areas[areas.count / 2]) / .pi).squareRoot()
    let shift = max(0, Int(log2(width).rounded()))
    let found = cells.cells.map { label, cell in
      (key: Key(cell.centroid, bandShift: shift), label: label)
    }.sorted { ($0.key, $0.label) < ($1.key, $1.label) }
    bandShift = shift
    keys = found.map(\.key)
    labels = found.map(\.label)
    places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
  }

  /// The cell after one, after the last the first; nil where that one is not there.
  public func next(after label: LabelImage.Label) -> LabelImage.Label? {
    places[label].map { labels[($0 + 1) % labels.count] }
  }

  /// The cell before one, before the first the last; nil where that one is not there.
  public func previous(before label: LabelImage.Label) -> LabelImage.Label? {
    places[label].map { labels[($0 + labels.count - 1) % labels.count] }
  }

  /// The first cell whose centroid comes after a pixel, after the last the first; nil where there is no cell.
  public func next(after point: PixelPoint) -> LabelImage.Label? {
    let key = key(of: point)
    return keys.firstIndex { key < $0 }.map { labels[$0] } ?? labels.first
  }

  /// The last cell whose centroid comes before a pixel, before the first the last; nil where there is no cell.
  public func previous(before point: PixelPoint) -> LabelImage.Label? {
    let key = key(of: point)
    return keys.lastIndex { $0 < key }.map { labels[$0] } ?? labels.last
  }

  private func key(of point: PixelPoint) -> Key {
    Key(SIMD2(Double(point.x), Double(point.y)), bandShift: bandShift)
  }

  /// Where a place comes.
  private struct Key: Comparable, Sendable {
    let band: Int
    let x: Double

    init(_ place: SIMD2<Double>, bandShift: Int) {
      band = Int(place.y.rounded(.down)) >> bandShift
      x = place.x
    }

    static func < (a: Key, b: Key) -> Bool { (a.band, a.x) < (b.band, b.x) }
  }
}

extension TiledLabels {
  /// What counts the cells from 1 without gaps in the order in which they are read.
  ///
  /// - Returns: nil where they are counted so already.
  public var renumbering: Relabelling? {
    let order = CellOrder(of: self).labels.enumerated()
    let counted = Relabelling(
      Dictionary(uniqueKeysWithValues: order.map { ($1, LabelImage.Label($0 + 1)) }))
    return counted.isEmpty ? nil : counted
  }
}
