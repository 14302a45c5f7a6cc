import Files
public import Imaging

/// Two tables of measured images as comma-separated values: a row a cell, and a row an image.
///
/// Lines are made image by image, so that a project of any size is written as it is measured. Quantities stand in
/// pixels and, in columns that end with `_um` and `_um2`, in micrometres: of areas where any image has a known size of
/// pixels, of lengths where it also has pixels as wide as high within a hundredth. A field is blank where there is
/// no value. Numbers have the fewest digits that read back to the same.
public struct MeasureTable: Sendable {
  private let cellColumns: [CSVColumn<CellRow>]
  private let imageColumns: [CSVColumn<MeasuredImage>]

  /// A cell, and the image in which it is.
  private struct CellRow {
    let image: MeasuredImage
    let cell: CellMeasures
  }

  /// The tables of images of these sizes of pixels, in any order; nil where one is not known.
  public init(pixelSizes: some Sequence<ImageContents.PixelSize?>) {
    let sizes = pixelSizes.compactMap(\.self)
    func isKnown(_ measure: Measure) -> Bool { sizes.contains { measure.unit.factor($0) != nil } }
    cellColumns =
      [CSVColumn("image") { $0.image.name }]
      + Measure.all.flatMap { Self.columns(of: $0, inMicrometres: isKnown($0)) }
      + [CSVColumn("neighbour_labels") { Self.text($0.cell.neighbours) }]
    imageColumns =
      Self.imageColumns
      + Measure.all.filter(\.isAveraged).flatMap {
        Self.averages(of: $0, inMicrometres: isKnown($0))
      }
  }

  /// The first line of the table of cells, its newline included.
  public var cellHeading: String { CSV.line(cellColumns.map(\.heading)) }

  /// The lines of the cells of an image, in the order of their numbers.
  public func cellLines(of image: MeasuredImage) -> String {
    CSV.lines(image.cells.map { CellRow(image: image, cell: $0) }, columns: cellColumns)
  }

  /// The first line of the table of images, its newline included.
  public var imageHeading: String { CSV.line(imageColumns.map(\.heading)) }

  /// The line of an image.
  public func imageLine(of image: MeasuredImage) -> String {
    CSV.lines([image], columns: imageColumns)
  }

  private static func text(_ labels: [LabelImage.Label]) -> String {
    labels.map(\.description).joined(separator: " ")
  }

  private static func columns(
    of measure: Measure, inMicrometres: Bool
  ) -> [CSVColumn<CellRow>] {
    let pixels = CSVColumn<CellRow>(measure.name) { measure.text(of: $0.cell) }
    guard inMicrometres, let suffix = measure.unit.suffix else { return [pixels] }
    return [
      pixels,
      CSVColumn(measure.name + suffix) {
        $0.image.value(measure, of: $0.cell, inMicrometres: true)
      },
    ]
  }

  private static let imageColumns: [CSVColumn<MeasuredImage>] = [
    CSVColumn("image", \.name), CSVColumn("width", \.width), CSVColumn("height", \.height),
    CSVColumn("pixel_width_um", \.pixelSize?.x), CSVColumn("pixel_height_um", \.pixelSize?.y),
    CSVColumn("cells", \.cells.count), CSVColumn("confluence", \.confluence),
  ]

  private static func averages(
    of measure: Measure, inMicrometres: Bool
  ) -> [CSVColumn<MeasuredImage>] {
    var columns: [CSVColumn<MeasuredImage>] = []
    for (isScaled, suffix) in [(false, ""), (true, measure.unit.suffix ?? "")]
    where !isScaled || inMicrometres {
      columns += [
        CSVColumn("mean_\(measure.name)\(suffix)") {
          Average.mean($0.values(measure, inMicrometres: isScaled))
        },
        CSVColumn("median_\(measure.name)\(suffix)") {
          Average.median($0.values(measure, inMicrometres: isScaled))
        },
      ]
    }
    return columns
  }
}
