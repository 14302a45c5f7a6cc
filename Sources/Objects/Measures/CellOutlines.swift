import Imaging

/// What is known of cells by their borders alone: how long these are, and whose they are on the other side.
///
/// Two passes over the picture, whatever the boxes of the cells.
struct CellOutlines {
  /// What is known of one cell.
  struct Outline {
    let perimeter: Double
    let croftonPerimeter: Double
    let neighbours: [LabelImage.Label]
  }

  private let perimeters: PerimeterCounts
  private let corners: CornerCounts

  /// Looks at so many cells, which are told apart by where in `places` their numbers lead.
  init(of image: LabelImage, cells: Int, places: [Int]) {
    let framed = FramedLabels(image)
    perimeters = PerimeterCounts(of: framed, cells: cells, places: places)
    corners = CornerCounts(of: framed, cells: cells, places: places)
  }

  /// The outline of the cell at a place.
  subscript(place: Int) -> Outline {
    Outline(
      perimeter: perimeters.length(at: place), croftonPerimeter: corners.length(at: place),
      neighbours: corners.neighbours[place])
  }
}

/// A label image with a row and a column of ground on all sides.
struct FramedLabels {
  let width: Int
  let height: Int
  /// What to add to a place to come to the pixel below.
  let stride: Int
  let labels: [LabelImage.Label]

  init(_ image: LabelImage) {
    (width, height, stride) = (image.width, image.height, image.width + 2)
    var labels = [LabelImage.Label](repeating: 0, count: stride * (height + 2))
    for y in 0..<height {
      let start = (y + 1) * stride + 1
      labels.replaceSubrange(
        start..<start + width, with: image.labels[y * width..<(y + 1) * width])
    }
    self.labels = labels
  }

  /// The places of a row's pixels, those of the frame left out.
  func places(ofRow y: Int) -> Range<Int> {
    (y + 1) * stride + 1..<(y + 1) * stride + 1 + width
  }
}
