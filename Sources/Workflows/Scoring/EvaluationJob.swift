public import Foundation
public import Imaging
public import Project
public import Recipes
public import Training

/// Scores of predictions against masks, image by image.
public struct EvaluationJob {
  /// What is scored.
  public enum Predictions {
    /// What a network finds, at a size.
    case network(Predictor, ScoringProtocol)
    /// Masks in a folder that were predicted before.
    case masks(folder: String)
  }

  /// The images that have masks, and are tested on where a split says so.
  public let images: [ImageSource]
  /// Lines for the user.
  public let notes: [String]
  private let folder: ImageFolder
  private let truth: MaskSet

  /// Finds the images to score.
  ///
  /// - Parameters:
  ///   - folder: The images.
  ///   - truth: The masks to compare with.
  ///   - split: A table of image,split, of which only the images for testing are scored.
  /// - Throws: `WorkflowError.noMasks` where no image has a mask, `ProjectError` where the split cannot be
  ///   used.
  public init(_ folder: ImageFolder, truth: MaskSet, split: URL?) throws {
    self.folder = folder
    self.truth = truth
    notes = truth.notes
    let parts = try split.map { try Split.read($0, images: folder.images.map(\.key)).split.parts }
    images = folder.images.filter { image in
      truth.has(image.key) && (parts.map { $0[image.key] == .test } ?? true)
    }
    guard !images.isEmpty else { throw WorkflowError.noMasks(folder.path, .comparing) }
  }

  /// Scores the images in order; those that cannot be read are passed over.
  ///
  /// - Parameters:
  ///   - predictions: What is scored.
  ///   - done: Told of each image that is scored.
  ///   - failed: Told of each that cannot be read.
  /// - Returns: the scores.
  /// - Throws: `WorkflowError` where masks of a folder lack.
  public func run(
    _ predictions: Predictions, done: (ImageKey) throws -> Void,
    failed: (ImageKey, ImagingError) -> Void
  ) throws -> ScoreTable {
    let score = try scorer(predictions)
    var table = ScoreTable()
    for image in images {
      do {
        guard let (pixels, mask) = try truth.read(image) else { continue }
        table.add(image.key, try score(image, Sample(key: image.key, image: pixels, mask: mask)))
        try done(image.key)
      } catch let error as ImagingError {
        failed(image.key, error)
      }
    }
    return table
  }

  private func scorer(
    _ predictions: Predictions
  ) throws -> (ImageSource, Sample) throws -> Scores {
    switch predictions {
    case .network(let predictor, let scoring):
      let evaluator = Evaluator(predictor, protocol: scoring)
      return { _, sample in evaluator.score(sample).scores }
    case .masks(let path):
      let (matches, strays) = try MaskMatching.match(
        folder: URL(filePath: path), images: folder.images)
      let found = MaskSet(matches, polarity: .cellWhite, strays: strays)
      return { source, sample in
        guard let prediction = try found.read(source) else {
          throw WorkflowError.noPrediction(path, sample.key)
        }
        return Scores(prediction: prediction.mask, truth: sample.mask, withBoundaries: true)
      }
    }
  }
}
