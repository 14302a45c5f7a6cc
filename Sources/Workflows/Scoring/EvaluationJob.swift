public import Foundation
public import Imaging
public import Project
public import Recipes
public import Training

/// Scores of predictions against masks, image by image.
public struct EvaluationJob {
  /// The images that have masks, and are tested on where a split says so.
  public let images: [ImageSource]
  /// Lines for the user.
  public let notes: [String]
  private let folder: ImageFolder
  private let truth: MaskSet

  /// Finds the images to score against `truth`; of a table of image,split only those for testing.
  ///
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

  /// Scores the images in order; `done` is told of each, `failed` of those that cannot be read, which are
  /// passed over.
  public func run(
    _ score: (ImageSource, Sample) throws -> Scores, done: (ImageKey) throws -> Void,
    failed: (ImagingError) -> Void
  ) throws -> ScoreTable {
    var table = ScoreTable()
    for image in images {
      do {
        guard let (pixels, mask) = try truth.read(image) else { continue }
        table.add(image.key, try score(image, Sample(key: image.key, image: pixels, mask: mask)))
        try done(image.key)
      } catch let error as ImagingError {
        failed(error)
      }
    }
    return table
  }

  /// What scores the masks in a folder that were predicted before.
  ///
  /// - Throws: `WorkflowError` where one lacks.
  public func scorer(ofMasksIn path: String) throws -> (ImageSource, Sample) throws -> Scores {
    let (matches, strays, leftOut) = try MaskMatching.match(
      folder: URL(filePath: path), images: folder.images, links: folder.links)
    let found = MaskSet(matches, polarity: .cellWhite, strays: strays, leftOut: leftOut)
    return { source, sample in
      guard let prediction = try found.read(source) else {
        throw WorkflowError.noPrediction(path, sample.key)
      }
      return Scores(prediction: prediction.mask, truth: sample.mask, withBoundaries: true)
    }
  }
}
