import Foundation
public import Imaging
public import Project
public import Recipes
import Training

/// How the newest network of a project does on every accepted mask: its scores, and what it makes of one.
public struct ReviewJob {
  private let store: ProjectStore
  private let run: RunFolder
  private let threads: Int

  /// Takes the newest run with weights.
  ///
  /// - Throws: `WorkflowError.untrained` where there is none.
  public init(_ store: ProjectStore, threads: Int) throws(WorkflowError) {
    guard let run = store.newestRunWithWeights else { throw .untrained }
    self.store = store
    self.run = run
    self.threads = threads
  }

  /// Scores every accepted mask and keeps the scores in the run's folder, as long as it `goesOn`;
  /// `trouble` is told of each label that cannot be used.
  ///
  /// - Returns: the scores, and which masks are left out, and why, if any are.
  /// - Throws: `WorkflowError.labels` where none can be used, what is wrong with the network else.
  public func scores(
    while goesOn: () -> Bool, trouble: (ImageKey, any Error) -> Void
  ) throws -> (scores: [ImageScore], notice: String?) {
    let split = try? run.split()
    var predictor: Predictor?
    var scores: [ImageScore] = []
    var troubles = LabelTroubles()
    for key in store.labelledKeys where goesOn() {
      do {
        guard store.entry(of: key).state.hasMask else { continue }
        let prediction = try prediction(of: key, &predictor)
        let size = (prediction.width, prediction.height)
        guard let truth = try store.acceptedAnnotation(of: key, expecting: size) else { continue }
        scores.append(
          ImageScore(
            image: key, trainedOn: split?.parts[key] == .train,
            scores: Scores(
              prediction: prediction, truth: truth.mask, unknown: truth.unknown,
              withBoundaries: true)))
      } catch {
        try troubles.add(error, at: key)
        trouble(key, error)
      }
    }
    if troubles.notice != nil, scores.isEmpty { throw WorkflowError.labels(troubles) }
    try? run.write(scores)
    return (scores, troubles.notice)
  }

  /// Reads an image that was scored, its mask and the network's.
  ///
  /// - Throws: `WorkflowError.noMaskAnyMore`, or what is wrong with one of the files.
  public func read(
    _ key: ImageKey
  ) throws -> (image: Image, truth: Mask, prediction: Mask) {
    let source = try store.source(of: key)
    let image = try source.read()
    let size = (image.width, image.height)
    guard let annotation = try store.acceptedAnnotation(of: key, expecting: size) else {
      throw WorkflowError.noMaskAnyMore(key)
    }
    // What nobody annotated is no error, whatever is found there.
    let truth = annotation.mask
    func compared(_ prediction: Mask) -> Mask { prediction.without(annotation.unknown) }
    guard !store.place.isReadOnly else {
      var predictor: Predictor?
      return (image, truth, compared(try prediction(of: key, &predictor)))
    }
    let prediction = try MaskFile.read(
      try run.predictionFile(of: key), rule: .project, imageWidth: image.width,
      imageHeight: image.height)
    return (image, truth, compared(prediction.mask))
  }

  /// The network's mask of an image: the one in the run's folder, or a new one, kept there.
  private func prediction(of key: ImageKey, _ predictor: inout Predictor?) throws -> Mask {
    if let kept = keptPrediction(of: key) { return kept }
    let network =
      try predictor
      ?? NetworkFile(run.weightsFile.path).predictor(size: nil, threads: threads)
    predictor = network
    let source = try store.source(of: key)
    let mask = try network.predict(source).mask
    if !store.place.isReadOnly {
      try Output.write(mask, of: source, to: try run.predictionFile(of: key), below: run.url)
    }
    return mask
  }

  /// The prediction that was written before, unless the weights are newer.
  private func keptPrediction(of key: ImageKey) -> Mask? {
    guard let file = try? run.predictionFile(of: key), let predicted = Self.date(of: file),
      let trained = Self.date(of: run.weightsFile), predicted > trained
    else { return nil }
    return try? MaskFile.read(file, rule: .project).mask
  }

  private static func date(of file: URL) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
  }
}
