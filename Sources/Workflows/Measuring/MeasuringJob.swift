import Files
import Foundation
public import Imaging
import Objects
public import Project
import Recipes

/// Measures the cells of a folder's masks, image by image, into a table of cells and one of images.
public struct MeasuringJob {
  /// What was measured of an image, as scripts are told it.
  public struct Measured: Encodable, Sendable {
    /// The name of the image.
    public let image: String
    /// How many cells it has.
    public let cells: Int
    /// The share of its pixels that is cell.
    public let confluence: Double?
    /// Micrometres across and down a pixel, where they are known.
    let pixelSize: [Double]?
  }

  /// The images that have masks.
  public let images: [ImageSource]
  /// Lines for the user.
  public let notes: [String]
  private let masks: MaskSet
  private let table: MeasureTable
  private let pixelSize: ImageContents.PixelSize?

  /// Finds the images that have masks; `pixelSize` counts before what files say.
  ///
  /// - Throws: `WorkflowError.noMasks` where no image has one.
  public init(
    _ folder: ImageFolder, masks: MaskSet, pixelSize: ImageContents.PixelSize? = nil
  ) throws {
    (self.masks, self.pixelSize) = (masks, pixelSize)
    images = folder.images.filter { masks.has($0.key) }
    guard !images.isEmpty else { throw WorkflowError.noMasks(folder.path, .comparing) }
    notes = masks.notes
    table = MeasureTable(pixelSizes: images.map { pixelSize ?? $0.pixelSize })
  }

  /// Measures all images; `cells` and `summary` take the lines of both tables as they come, headings first, `failed` what
  /// cannot be read and is passed over.
  public func run(
    cells: (String) throws -> Void, summary: (String) throws -> Void,
    done: (Measured) throws -> Void, failed: (any Error) -> Void
  ) throws {
    try cells(table.cellHeading)
    try summary(table.imageHeading)
    for source in images {
      do {
        guard let (image, annotation) = try masks.read(source) else { continue }
        let size = pixelSize ?? source.pixelSize
        let measured = MeasuredImage(
          source.key.text, cells: annotation.objects, image: image, unknown: annotation.unknown,
          pixelSize: size)
        try cells(table.cellLines(of: measured))
        try summary(table.imageLine(of: measured))
        try done(
          Measured(
            image: measured.name, cells: measured.cells.count, confluence: measured.confluence,
            pixelSize: size.map { [$0.x, $0.y] }))
      } catch let error where LabelTroubles.isOfImage(error) {
        failed(LabelTroubles.named(error, at: source.key))
      }
    }
  }
}
