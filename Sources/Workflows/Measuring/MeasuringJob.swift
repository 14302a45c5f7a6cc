import Foundation
public import Imaging
public import Objects
public import Project
import Recipes

/// Measures the cells of a folder's masks, image by image.
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

    /// Sums an image up.
    public init(_ measured: MeasuredImage) {
      (image, cells, confluence) = (measured.name, measured.cells.count, measured.confluence)
      pixelSize = measured.pixelSize.map { [$0.x, $0.y] }
    }
  }

  /// The images that have masks.
  public let images: [ImageSource]
  /// Lines for the user.
  public let notes: [String]
  private let masks: MaskSet
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
  }

  /// Finds the images of a project that have accepted masks.
  ///
  /// - Throws: `WorkflowError.noAcceptedMask` where no image has one.
  public init(_ store: ProjectStore) throws {
    (masks, pixelSize, notes) = (MaskSet(store: store), nil, [])
    images = store.sources.filter { [masks] in masks.has($0.key) }
    guard !images.isEmpty else {
      throw WorkflowError.noAcceptedMask(
        project: store.folder.path, images: store.images.path)
    }
  }

  /// The sizes of the images' pixels, as far as they are known.
  var pixelSizes: [ImageContents.PixelSize?] { images.map { pixelSize ?? $0.pixelSize } }

  /// Measures all images until it is stopped; `failed` takes what cannot be read and is passed over.
  public func run(
    isStopped: () -> Bool = { false }, done: (MeasuredImage) throws -> Void,
    failed: (any Error) -> Void
  ) throws {
    for source in images {
      guard !isStopped() else { return }
      do {
        guard let (image, annotation) = try masks.read(source) else { continue }
        try done(
          MeasuredImage(
            source.key.text, cells: annotation.objects, image: image, unknown: annotation.unknown,
            pixelSize: pixelSize ?? source.pixelSize))
      } catch let error where LabelTroubles.isOfImage(error) {
        failed(LabelTroubles.named(error, at: source.key))
      }
    }
  }
}
