import Imaging
import Project
import Recipes
import Weights

/// A cross-validation of a finished run, as it is started.
struct CrossValidationOrder: Sendable {
  /// The run's recipe.
  var recipe: Recipe
  /// All labelled images, cropped to the recipe's size; those that the run has not learnt from are not looked at.
  var samples: [CroppedSample]
  var truth: FoldTruth
  /// The weights that the trainings begin with, which know none of the labels.
  var start: StateDict?
  /// How much of what they learn is kept.
  var share = 1.0
  var threads = 1

  /// Goes on with the trainings that are not done, and writes down what each gives.
  ///
  /// - Returns: all that they gave; nil where told to stop before, or where there is nothing to hold out.
  /// - Throws: `TrainingError` where a training breaks off or a file cannot be written.
  func result(
    of network: some SegmentationNetwork, in folder: RunFolder, control: RunControl,
    report: (RunEvent) -> Void
  ) throws(TrainingError) -> CrossValidation? {
    let parts = try folder.begunSplit()?.parts ?? [:]
    let training = samples.filter { parts[$0.key] == .train }
    let validation = samples.filter { parts[$0.key] == .validation }
    guard
      let plan = FoldPlan(
        recipe, training: training.map(\.key), validates: !validation.isEmpty, truth: truth,
        share: share)
    else {
      if recipe.optimisation.crossValidation == .full {
        report(
          .notice("not cross-validated: there are no two labels, of which one could be held out"))
      }
      return nil
    }
    let basis =
      (Safetensors.metadata(of: folder.weightsFile)?[Safetensors.checksumNote] ?? "") + "-"
      + PixelDigest(of: (training + validation).map(\.crop)).text
    let new = CrossValidation(
      folds: plan.folds.count, steps: plan.steps, fromNetwork: plan.fromNetwork, basis: basis)
    var result = folder.crossValidation.flatMap { $0.isOf(new) ? $0 : nil } ?? new
    // From now on it is known that the run is to be measured.
    if result.foldsDone == 0 { try TrainingError.filing(folder.write(result)) }
    for (index, fold) in plan.folds.enumerated().dropFirst(result.foldsDone) {
      let rest = training.filter { !fold.held.contains($0.key) }
      let weights = try weights(
        of: network, by: plan, on: rest.map(\.crop), validation: validation.map(\.crop),
        control: control
      ) { step in
        report(
          .checking(
            CheckProgress(
              fold: index + 1, folds: plan.folds.count, step: index * plan.steps + step,
              steps: plan.folds.count * plan.steps)))
      }
      guard let weights,
        let scores = try scores(
          of: fold, index + 1, by: weights, network, in: folder, control: control, report: report)
      else { return nil }
      result.scores += scores
      result.foldsDone = index + 1
      try TrainingError.filing(folder.write(result))
    }
    return result
  }

  /// The weights that a run on fewer labels ends with; nil where told to stop.
  private func weights(
    of network: some SegmentationNetwork, by plan: FoldPlan, on training: [Crop],
    validation: [Crop], control: RunControl, stepped: (Int) -> Void
  ) throws(TrainingError) -> StateDict? {
    let parts = RunParts(
      try plan.recipe.checked(for: network, labels: training.count), of: network,
      training: training, validation: validation)
    let loop = try TrainingLoop(parts, network: network, start: start, threads: threads)
    stepped(0)
    while !loop.isDone {
      control.waitWhileHeld()
      guard control.stop == nil else { return nil }
      stepped(try loop.step().step)
      guard loop.isEpochDone else { continue }
      try loop.checkParameters()
      loop.finishEpoch(try loop.validate(), seconds: 0)
    }
    guard let kept = loop.keptShare(on: UnlabelledImages()) else { return loop.weightsToSave }
    return loop.weightsToSave(keeping: kept)
  }

  /// What some weights find in the labels that they have not learnt from, as people see it; nil where told to stop.
  ///
  /// Labels that cannot be read or looked at are named and left out.
  private func scores(
    of fold: FoldPlan.Fold, _ number: Int, by weights: StateDict,
    _ network: some SegmentationNetwork, in folder: RunFolder, control: RunControl,
    report: (RunEvent) -> Void
  ) throws(TrainingError) -> [CrossValidation.Score]? {
    let predictor = try Predictor(
      weights: weights, network: network, size: recipe.size, threads: threads)
    predictor.referenceSide = recipe.referenceSide
    if WeightsNote(of: folder.weightsFile)?.asksSecondOpinion == true {
      try predictor.askSecondOpinion()
    } else {
      predictor.views = .usual(hasSeenImages: true)
    }
    predictor.percentiles = recipe.percentiles
    var scores: [CrossValidation.Score] = []
    for key in fold.scored {
      guard control.stop == nil else { return nil }
      do {
        guard let sample = try truth.read(key) else { continue }
        scores.append(
          CrossValidation.Score(
            key, fold: number, try predictor.score(sample, by: .own).scores))
      } catch {
        report(.notice("not cross-validated: \(key): \(error)"))
      }
    }
    return scores
  }
}

extension CrossValidation.Score {
  /// Takes what counts of the scores of an image; cells that nobody told apart say nothing, and neither does an image
  /// without any.
  fileprivate init(_ image: ImageKey, fold: Int, _ scores: Scores) {
    let isEmpty = scores.isEmpty
    self.init(
      image: image, fold: fold, iou: isEmpty ? nil : scores.iou,
      cellF1: isEmpty ? nil : scores[.cellF1], countError: isEmpty ? nil : scores[.countError])
  }
}

extension CrossValidation {
  /// Whether it measures the same as one that is not begun, so that it can be gone on with.
  fileprivate func isOf(_ new: CrossValidation) -> Bool {
    basis == new.basis && folds == new.folds && steps == new.steps
      && fromNetwork == new.fromNetwork && (0...folds).contains(foldsDone)
  }
}
