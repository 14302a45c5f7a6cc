internal import Imaging

/// Where a cell lies, as COCO files say it.
public enum CellOutlineShape: Equatable, Sendable {
  /// The inside of a polygon: x and y by turns, in pixels from the image's top left corner.
  case polygon([Double])
  /// Runs of background and cell by turns, counted down the columns, for an image of a size.
  case runs([Int], width: Int, height: Int)

  /// Whether the shape can be drawn into a mask: of the size of its runs, or less than the image's
  /// size outside of it.
  func fits(width: Int, height: Int) -> Bool {
    switch self {
    case .runs(_, let ownWidth, let ownHeight): ownWidth == width && ownHeight == height
    case .polygon(let corners):
      corners.indices.allSatisfy { place in
        let side = Double(place % 2 == 0 ? width : height)
        return (-side...2 * side).contains(corners[place]) && abs(corners[place]) < 1e6
      }
    }
  }

  /// Makes the shape's pixels cell.
  func fill(_ mask: inout Mask) {
    switch self {
    case .polygon(let corners): mask.fill(polygon: corners)
    case .runs(let lengths, _, _): mask.fill(columnRuns: lengths)
    }
  }

  /// Columns and rows of an image of a size outside of which ``fill(_:)`` makes no pixel cell.
  func reach(width: Int, height: Int) -> PixelBox {
    switch self {
    case .polygon(let corners):
      func range(_ places: [Double], _ count: Int) -> Range<Int> {
        let (least, greatest) = (places.min() ?? 0, places.max() ?? 0)
        return (Int(least.rounded(.down)) - 1..<Int(greatest.rounded(.up)) + 2)
          .clamped(to: 0..<count)
      }
      return PixelBox(
        columns: range(stride(from: 0, to: corners.count, by: 2).map { corners[$0] }, width),
        rows: range(stride(from: 1, to: corners.count, by: 2).map { corners[$0] }, height))
    case .runs(let lengths, _, _):
      // Background and cell by turns, down the columns.
      var (place, first, end) = (0, nil as Int?, 0)
      for (turn, length) in lengths.enumerated() {
        if turn % 2 == 1, length > 0 {
          first = first ?? place
          end = place + length
        }
        place += length
      }
      guard let first else { return PixelBox(columns: 0..<0, rows: 0..<0) }
      return PixelBox(columns: first / height..<(end - 1) / height + 1, rows: 0..<height)
    }
  }
}
