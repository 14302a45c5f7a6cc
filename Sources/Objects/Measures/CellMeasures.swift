public import Imaging

/// What is measured of one cell of a label image, in pixels.
///
/// As scikit-image's `regionprops` has it, where that has it: a pixel's middle lies at whole numbers, a cell in
/// several pieces is one, and its holes are not its pixels.
public struct CellMeasures: Equatable, Sendable {
  /// The cell's number.
  public let label: LabelImage.Label
  /// Its pixels.
  public let area: Int
  /// The smallest box around them.
  let box: PixelBox
  /// The mean of its pixels' columns and rows.
  let centroid: SIMD2<Double>
  /// The ellipse that is spread as widely as its pixels.
  let ellipse: CellEllipse
  /// The length of its outline, holes' outlines too: steps and diagonals from middle to middle of outermost pixels.
  ///
  /// 0 for one pixel or two, `perimeter(neighborhood: 4)` of scikit-image.
  let perimeter: Double
  /// The length of its outline by how often lines in four directions cross it (Crofton's formula).
  let croftonPerimeter: Double
  /// The smallest convex outline around it.
  let hull: CellHull
  /// How bright it is; nil without an image, and where none of its pixels has a value.
  let intensity: CellIntensity?
  /// Whether the picture's border may have cut it: one of its pixels lies at it.
  let isAtBorder: Bool
  /// In how many pieces it lies that do not touch, not even by a corner.
  let pieces: Int
  /// The cells that it touches by an edge or a corner of a pixel, in order.
  let neighbours: [LabelImage.Label]

  /// The share of its box that it fills.
  var extent: Double {
    Double(area) / Double(box.columns.count * box.rows.count)
  }

  /// The share of its convex hull that it fills: 1 for a cell without bays and holes.
  var solidity: Double { Double(area) / Double(hull.area) }

  /// The diameter of a circle of its area.
  var equivalentDiameter: Double { (4 * Double(area) / .pi).squareRoot() }

  /// How much of the area it has that its perimeter could enclose, `4 pi area / perimeter^2`: 1 for a circle.
  ///
  /// Above 1 for small cells, whose perimeter runs through the middle of their pixels; nil where that is 0.
  var circularity: Double? {
    perimeter > 0 ? 4 * .pi * Double(area) / (perimeter * perimeter) : nil
  }
}

extension LabelImage {
  /// Measures all cells, in the order of their numbers, in a time that grows with the picture and with how many
  /// rows each cell reaches over, not with the boxes around cells.
  ///
  /// - Precondition: the image, in which cells are looked up for their brightness, is of the same size.
  func measures(in image: Image? = nil) -> [CellMeasures] {
    precondition(
      image.map { $0.width == width && $0.height == height } ?? true,
      "cells of \(width)x\(height) in an image of another size")
    let runs = CellRuns(self)
    let outlines = CellOutlines(of: self, cells: runs.labels.count, places: runs.places)
    return runs.labels.indices.map { place in
      CellMeasures(
        runs.labels[place], runs[place], pieces: runs.pieces[place], outline: outlines[place],
        of: self, in: image)
    }
  }
}

extension CellMeasures {
  fileprivate init(
    _ label: LabelImage.Label, _ runs: ArraySlice<CellRuns.Run>, pieces: Int,
    outline: CellOutlines.Outline, of cells: LabelImage, in image: Image?
  ) {
    let box = CellRuns.box(of: runs)
    let moments = CellMoments(of: runs, around: box)
    self.label = label
    self.box = box
    self.pieces = pieces
    area = moments.area
    centroid = moments.centroid
    ellipse = CellEllipse(moments)
    perimeter = outline.perimeter
    croftonPerimeter = outline.croftonPerimeter
    neighbours = outline.neighbours
    hull = CellHull(of: runs, in: box)
    intensity = image.flatMap { CellIntensity(of: runs, in: $0) }
    isAtBorder =
      box.columns.lowerBound == 0 || box.rows.lowerBound == 0
      || box.columns.upperBound == cells.width || box.rows.upperBound == cells.height
  }
}
