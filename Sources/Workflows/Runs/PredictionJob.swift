import Files
public import Foundation
public import Imaging
import Project
public import Recipes
public import Training

/// Masks for the images of a folder, written one after the other.
public struct PredictionJob {
  /// What became of an image.
  public struct Predicted: Sendable {
    /// The image.
    public let key: ImageKey
    /// The file of its mask.
    public let file: URL
    /// How unsure the network is, 0...1.
    public let uncertainty: Double
    /// The share of its pixels that is cell, 0...1.
    public let share: Double
  }

  private let folder: ImageFolder
  private let files: [ImageKey: URL]
  private let output: String

  /// Plans where masks go.
  ///
  /// - Parameters:
  ///   - folder: The images.
  ///   - output: The folder of the masks.
  ///   - place: What the user is to choose another of, where a mask would replace something.
  /// - Throws: `WorkflowError.occupied` naming the first that is no earlier result.
  public init(_ folder: ImageFolder, into output: String, place: String) throws(WorkflowError) {
    self.folder = folder
    self.output = output
    files = Output.maskFiles(of: folder.images.map(\.key), in: output)
    try folder.originals.spare(from: Array(files.values), place: place)
  }

  /// Predicts all images; those that cannot be read are passed over.
  ///
  /// - Parameters:
  ///   - predictor: The network.
  ///   - share: How far it is fitted to the images first, 0...1.
  ///   - done: Told of each mask that is written.
  ///   - failed: Told of each image that cannot be read.
  /// - Returns: the folder of the masks.
  /// - Throws: what is wrong with the folder or the disk.
  public func run(
    _ predictor: Predictor, calibrating share: Double?, done: (Predicted) throws -> Void,
    failed: (ImageKey, ImagingError) -> Void
  ) throws -> URL {
    try FolderCalibration.run(predictor, on: folder.images, share: share)
    let target = try Output.resultFolder(output)
    defer { target.removeIfEmpty() }
    for image in folder.images {
      guard let file = files[image.key] else { continue }
      do {
        let prediction = predictor.predict(try ImageFile.read(image.file, page: image.page))
        try Output.write(prediction.mask, to: file)
        try done(
          Predicted(
            key: image.key, file: file, uncertainty: prediction.uncertainty,
            share: Double(prediction.mask.area) / Double(prediction.mask.pixels.count)))
      } catch let error as ImagingError {
        failed(image.key, error)
      }
    }
    return target.url
  }
}
