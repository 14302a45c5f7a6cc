import Files
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
        guard let truth = try store.acceptedAnnotation(of: key) else { continue }
        let found = try prediction(of: key, withCells: truth.cells != nil, &predictor)
        guard (truth.mask.width, truth.mask.height) == (found.mask.width, found.mask.height) else {
          throw ProjectError.maskSize(
            key.text, mask: "\(truth.mask.width)x\(truth.mask.height)",
            image: "\(found.mask.width)x\(found.mask.height)")
        }
        scores.append(
          ImageScore(
            image: key, trainedOn: split?.parts[key] == .train,
            scores: Self.scores(of: found, truth)))
      } catch {
        try troubles.add(error, at: key)
        trouble(key, error)
      }
    }
    if troubles.notice != nil, scores.isEmpty { throw WorkflowError.labels(troubles) }
    try? run.write(scores)
    return (scores, troubles.notice)
  }

  /// Scores of the mask and, where the true cells are told apart, of the cells.
  private static func scores(of found: Found, _ truth: Annotation) -> Scores {
    var scores = Scores(
      prediction: found.mask, truth: truth.mask, unknown: truth.unknown, withBoundaries: true)
    if let actual = truth.cells, let predicted = found.cells {
      scores.add(ObjectScores(prediction: predicted, truth: actual, unknown: truth.unknown))
    }
    return scores
  }

  /// Reads an image that was scored, what is accepted of it and what the network makes of it: its mask and, where the
  /// accepted cells are told apart, its cells.
  ///
  /// - Throws: `WorkflowError.noMaskAnyMore`, or what is wrong with one of the files.
  public func read(
    _ key: ImageKey
  ) throws -> (image: Image, truth: Annotation, prediction: Mask, cells: LabelImage?) {
    let image = try store.source(of: key).read()
    let size = (image.width, image.height)
    guard let truth = try store.acceptedAnnotation(of: key, expecting: size) else {
      throw WorkflowError.noMaskAnyMore(key)
    }
    let found: Found
    if store.place.isReadOnly {
      var predictor: Predictor?
      found = try prediction(of: key, withCells: truth.cells != nil, &predictor)
    } else {
      let file = try run.predictionFile(of: key)
      let cells = truth.cells == nil ? nil : keptCells(of: key)
      found = Found(
        mask: try MaskFile.read(
          file, rule: .project, imageWidth: image.width, imageHeight: image.height
        ).mask, cells: cells)
    }
    // What nobody annotated is no error, whatever is found there.
    return (image, truth, found.mask.without(truth.unknown), found.cells)
  }

  /// What the network makes of an image.
  private struct Found {
    let mask: Mask
    /// Its cells, where they were asked for.
    let cells: LabelImage?
  }

  /// What the network makes of an image: what is in the run's folder, or what is made and kept there.
  private func prediction(
    of key: ImageKey, withCells: Bool, _ predictor: inout Predictor?
  ) throws -> Found {
    if let mask = keptMask(of: key) {
      let cells = withCells ? keptCells(of: key) : nil
      if !withCells || cells != nil { return Found(mask: mask, cells: cells) }
    }
    let network =
      try predictor
      ?? NetworkFile(run.weightsFile.path).predictor(size: nil, threads: threads)
    predictor = network
    let source = try store.source(of: key)
    let prediction = try network.predict(source)
    let found = Found(mask: prediction.mask, cells: withCells ? prediction.cells() : nil)
    if !store.place.isReadOnly {
      try Output.write(
        found.mask, of: source, to: try run.predictionFile(of: key), below: run.url)
      if let cells = found.cells {
        try AtomicWrite.write(
          LabelFile.encode(cells, pixelSize: source.pixelSize),
          to: try run.predictedCellsFile(of: key), below: run.url, isDurable: false)
      }
    }
    return found
  }

  /// The mask that was predicted before, unless the weights are newer.
  private func keptMask(of key: ImageKey) -> Mask? {
    guard let file = try? run.predictionFile(of: key), isNewer(file) else { return nil }
    return try? MaskFile.read(file, rule: .project).mask
  }

  /// The cells that were predicted before, unless the weights are newer.
  private func keptCells(of key: ImageKey) -> LabelImage? {
    guard let file = try? run.predictedCellsFile(of: key), isNewer(file) else { return nil }
    return try? MaskFile.read(file, rule: .project).cells
  }

  /// Whether a file was written after the weights.
  private func isNewer(_ file: URL) -> Bool {
    guard let predicted = Self.date(of: file), let trained = Self.date(of: run.weightsFile) else {
      return false
    }
    return predicted > trained
  }

  private static func date(of file: URL) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
  }
}
