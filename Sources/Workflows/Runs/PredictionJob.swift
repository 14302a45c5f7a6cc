import Files
public import Foundation
import Imaging
public import Project
import Recipes
public import Training

/// Masks for the images of a folder, written one after the other.
public struct PredictionJob {
  /// What became of an image, as scripts are told it.
  public struct Predicted: Encodable, Sendable {
    /// The name of the image.
    public let image: String
    /// The path of its mask.
    let mask: String
    /// How unsure the network is, 0...1.
    let uncertainty: Double
    /// The IoU that its mask is estimated to have with the true one, 0...1.
    let quality: Double
    /// The share of its pixels that is cell, 0...1.
    let share: Double
    /// How many cells there are.
    let cells: Int
    /// Pixels that its smallest side was looked at with.
    let size: Int
    /// What the network is called.
    let weights: String
  }

  private let folder: ImageFolder
  private let files: [ImageKey: URL]
  private let output: String

  /// Plans where in the folder `output` masks go; where one would replace something, the user is to
  /// choose another `place`.
  ///
  /// - Throws: `WorkflowError.occupied` naming the first that is no earlier result.
  public init(_ folder: ImageFolder, into output: String, place: String) throws(WorkflowError) {
    self.folder = folder
    self.output = output
    files = Output.maskFiles(of: folder.images.map(\.key), in: output)
    try folder.originals.spare(
      from: folder.images.compactMap { [files] in files[$0.key] }, place: place)
  }

  /// Predicts all images with a network that is fitted to them first, as far as `share` says, 0...1.
  ///
  /// Label images are written where `labels` says so, else masks.
  ///
  /// `done` is told of each mask that is written, `failed` of each image that cannot be read, or takes more
  /// memory than there is; these are passed over.
  ///
  /// - Returns: the folder of the masks.
  /// - Throws: what is wrong with the folder or the disk.
  public func run(
    _ predictor: Predictor, named name: String, calibrating share: Double?, labels: Bool = false,
    done: (Predicted) throws -> Void, failed: (any Error) -> Void
  ) throws -> URL {
    try folder.calibrate(predictor, share: share)
    let target = try Output.resultFolder(output)
    defer { target.removeIfEmpty() }
    for image in folder.images {
      guard let file = files[image.key] else { continue }
      do {
        let prediction = try predictor.predict(image)
        let cells = prediction.cells()
        try labels
          ? Output.write(cells, of: image, to: file)
          : Output.write(prediction.mask, of: image, to: file)
        try done(
          Predicted(
            image: image.key.text, mask: file.path, uncertainty: prediction.uncertainty,
            quality: prediction.quality,
            share: Double(prediction.mask.area) / Double(prediction.mask.pixels.count),
            cells: cells.cells.count,
            size: predictor.size(width: prediction.mask.width, height: prediction.mask.height),
            weights: name))
      } catch let error where LabelTroubles.isOfImage(error) {
        failed(LabelTroubles.named(error, at: image.key))
      }
    }
    return target.url
  }
}

extension Predictor {
  /// What the network says about an image in a file, which is read where there is memory for both.
  func predict(_ source: ImageSource) throws -> Prediction {
    try check(source)
    return try predict(source.read())
  }

  /// Refuses an image in a file, by its header, that there is not the memory to look at.
  ///
  /// - Throws: `ImagingError` where it cannot be read, `TrainingError.memory`.
  public func check(_ source: ImageSource) throws {
    let header = try ImageFile.header(source.file, page: source.page)
    try check(width: header.width, height: header.height)
  }
}
