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
}
