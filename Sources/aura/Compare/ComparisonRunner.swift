import Comparison
import Foundation
import Imaging
import Project
import Training
import Weights

/// Trains and scores what a plan asks for and is not done yet.
struct ComparisonRunner {
  /// How a run is begun.
  enum Start: Equatable {
    /// From its first step; what an earlier try left is removed.
    case afresh
    /// From its checkpoint.
    case resumed
    /// It is trained; only its scores lack.
    case scoring
  }

  private let plan: ComparisonPlan
  private let folder: ComparisonFolder
  private let images: LabelledImages
  private let threads: Int
  private let ending: ComparisonEnding

  /// Prepares a comparison: nothing is written before its images, weights and folder are looked at.
  ///
  /// - Throws: what is wrong with any of them.
  init(
    _ plan: ComparisonPlan, in folder: ComparisonFolder, threads: Int, ending: ComparisonEnding
  ) throws {
    self.plan = plan
    self.folder = folder
    self.threads = threads
    self.ending = ending
    try Self.checkWeights(of: plan)
    images = try LabelledImages(plan)
    for note in images.notes { StandardStream.error.line("aura: \(note)") }
  }

  /// The runs that are not finished yet, in the plan's order.
  var open: [ComparisonRun] { plan.runs.filter { !folder.isFinished($0) } }

  /// How much a run computes, in thousand million operations.
  func work(_ run: ComparisonRun) -> Double {
    guard let recipe = plan.recipe(of: run) else { return 0 }
    let labels = images.training(run.fold).count
    return RunPlanner.forecast(recipe, labels: labels, speed: MachineSpeed(gigaflops: 1)).seconds
      ?? 0
  }

  /// Does all that is not done, unless a signal stops it: then the run in hand has its checkpoint.
  ///
  /// A run whose loss is no number any more is told and left out; the others go on.
  ///
  /// - Throws: `Failure` where a run broke off, after the others.
  func run(_ progress: inout ComparisonProgress) throws {
    try folder.begin(plan)
    for division in images.divisions { try folder.begin(division.split, fold: division.fold) }
    try writeTestPictures()
    var failed: [(run: ComparisonRun, why: String)] = []
    progress.begin(open.map { ($0, work($0)) }, of: plan.runs.count)
    for run in open {
      guard ending.number == nil else { return }
      do {
        try self.run(run, &progress)
        try ComparisonReport(folder).write()
      } catch let error as TrainingError {
        guard case .notFinite = error else { throw error }
        failed.append((run, error.description))
        progress.failed(run, error.description)
      }
    }
    if let first = failed.first {
      throw Failure(
        .badInput,
        "\(failed.count) of \(plan.runs.count) runs broke off, such as \(first.run.name): \(first.why)"
      )
    }
  }

  /// How a run is to be begun, by what is in its folder.
  static func start(_ files: RunFolder, recipe: Recipe) -> Start {
    if FileManager.default.fileExists(atPath: files.checkpointFile.path) { return .resumed }
    guard files.hasWeights, let split = try? files.split(), let history = try? files.history()
    else { return .afresh }
    let training = split.parts.values.count { $0 == .train }
    let length = RunLength(recipe, trainingImages: training)
    // A checkpoint goes only after the last weights are written.
    return history.count >= length.epochs ? .scoring : .afresh
  }

  private func run(_ run: ComparisonRun, _ progress: inout ComparisonProgress) throws {
    guard let recipe = plan.recipe(of: run) else { return }
    let files = folder.folder(of: run)
    let start = Self.start(files, recipe: recipe)
    if start != .scoring {
      if start == .afresh { try remove(files.url) }
      try AtomicWrite.write(
        RecipeFile.text(of: NamedRecipe(run.recipe, recipe)),
        to: files.url.appending(path: "recipe.yaml"))
      let isDone = try train(run, recipe, files, resumes: start == .resumed, &progress)
      guard isDone else { return }
    }
    try score(run, files, &progress)
  }

  /// Trains to the end; false when a signal stopped it.
  private func train(
    _ run: ComparisonRun, _ recipe: Recipe, _ files: RunFolder, resumes: Bool,
    _ progress: inout ComparisonProgress
  ) throws -> Bool {
    let weights =
      resumes ? nil : try WeightsSource(recipe.weights).start(of: recipe.architecture)
    let training = Run.start(
      recipe: recipe, samples: images.training(run.fold),
      split: try images.validation(run.fold, recipe: recipe), start: weights, folder: files.url,
      resume: resumes, threads: threads)
    ending.train(training)
    defer { ending.train(nil) }
    var result: RunOutcome?
    for event in Arrivals(of: training.progress) {
      switch event {
      case .finished(let outcome): result = outcome
      case .failed(let error): throw error
      default: try progress.take(event, of: run)
      }
    }
    guard let result else {
      throw Failure(.internalError, "the run '\(run.name)' ended without saying why")
    }
    return !result.wasStopped
  }

  /// Scores the images for testing and keeps the predicted masks; the table of scores comes last.
  private func score(
    _ run: ComparisonRun, _ files: RunFolder, _ progress: inout ComparisonProgress
  ) throws {
    // As the papers score: one look at each image.
    let predictor = try NetworkFile(files.weightsFile.path).predictor(
      flips: false, threads: threads)
    let evaluator = Evaluator(predictor, protocol: plan.scoring)
    var lines: [ImageScore] = []
    for sample in images.testing(run.fold) {
      guard ending.number == nil else { return }
      let evaluation = evaluator.score(sample)
      try folder.write(evaluation.mask, of: sample.key, by: run)
      lines.append(ImageScore(sample.key, evaluation.scores, trainedOn: false))
    }
    try files.write(lines)
    try progress.scored(run, lines)
  }

  /// The images for testing as they are scored; those that are there already stay.
  private func writeTestPictures() throws {
    // In the paper's protocol all recipes have one size; by images' own it does not matter.
    let size = plan.recipes.first?.recipe.size ?? Recipe().size
    for division in images.divisions {
      for sample in images.testing(division.fold) {
        let truth = try sample.key.pictureFile(in: folder.truthFolder)
        guard !FileManager.default.fileExists(atPath: truth.path) else { continue }
        let (image, mask) = plan.scoring.picture(of: sample, size: size)
        try folder.write(sample.key, image: image, truth: mask)
      }
    }
  }

  private func remove(_ folder: URL) throws {
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    try FileManager.default.removeItem(at: folder)
  }

  /// Looks at all weights that runs begin with, before hours are spent on those that need none.
  private static func checkWeights(of plan: ComparisonPlan) throws {
    for named in plan.recipes {
      do {
        _ = try WeightsSource(named.recipe.weights).start(of: named.recipe.architecture)
      } catch {
        let failure = Failure(error)
        throw Failure(failure.status, "recipe '\(named.name)': \(failure.text)")
      }
    }
  }
}
