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
  /// - Throws: `WorkflowError.noMasks` where no image has a mask, `.oneClass` where no mask has a cell, or none
  ///   ground, so that a network that says nothing would score perfectly, `ProjectError` where the split cannot be
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
    try truth.checkClasses(of: images)
  }

  /// Scores the images in order; `done` is told of each, `failed` of those that cannot be read, or that there is
  /// not the memory for, which are passed over.
  ///
  /// `check` may refuse an image before it is read.
  public func run(
    check: (ImageSource) throws -> Void = { _ in },
    _ score: (ImageSource, Sample) throws -> Scores, done: (ImageKey) throws -> Void,
    failed: (any Error) -> Void
  ) throws -> ScoreTable {
    var table = ScoreTable()
    for image in images {
      do {
        try check(image)
        guard let (pixels, annotation) = try truth.read(image) else { continue }
        let sample = Sample(key: image.key, image: pixels, annotation: annotation)
        table.add(image.key, try score(image, sample))
        try done(image.key)
      } catch let error where LabelTroubles.isOfImage(error) {
        failed(LabelTroubles.named(error, at: image.key))
      }
    }
    return table
  }

  /// What scores the masks in a folder that were predicted before, and lines on how they are read.
  ///
  /// - Throws: `WorkflowError` where one lacks, `MaskTrouble` where it cannot be told what their numbers mean.
  public func scorer(
    ofMasksIn path: String
  ) throws -> (score: (ImageSource, Sample) throws -> Scores, notes: [String]) {
    let pairing = try MaskMatching.match(
      folder: URL(filePath: path), images: folder.images, links: folder.links)
    let found = try MaskSet(pairing, values: .automatic, as: .prediction)
    let score = { (source: ImageSource, sample: Sample) throws -> Scores in
      guard let predicted = try found.read(source)?.annotation else {
        throw WorkflowError.noPrediction(path, sample.key)
      }
      var scores = Scores(
        prediction: predicted.mask, truth: sample.mask, unknown: sample.unknown,
        withBoundaries: true)
      if let truth = sample.cells {
        scores.add(
          ObjectScores(prediction: predicted.objects, truth: truth, unknown: sample.unknown))
      }
      return scores
    }
    return (score, found.notes.map { "predictions: \($0)" })
  }
}
