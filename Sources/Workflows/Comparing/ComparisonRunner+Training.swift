import Comparison
import Files
import Foundation
import Project
import Recipes
import Training

extension ComparisonRunner {
  /// How a run is begun.
  enum Start: Equatable {
    /// From its first step; what an earlier try left is removed, but for a checkpoint that was set aside.
    case afresh
    /// From its checkpoint.
    case resumed
    /// It is trained; only its scores lack.
    case scoring
  }

  /// How a run is to be begun, by what is in its folder.
  ///
  /// - Throws: `ProjectError` or `TrainingError` where its files cannot be read.
  static func start(_ files: RunFolder, recipe: Recipe) throws -> Start {
    if files.hasCheckpoint { return .resumed }
    guard files.hasSplit else { return .afresh }
    let split = try files.split()
    let isTrained = try RunPlanner.isTrained(
      files, by: recipe, on: Array(split.parts.keys), split: split)
    return isTrained ? .scoring : .afresh
  }

  /// Brings a run so far that only its scores lack; false when a signal stopped it.
  ///
  /// A checkpoint that is damaged is told and set aside, and the run begins again.
  func prepare(_ run: ComparisonRun, _ recipe: Recipe, _ files: RunFolder) throws -> Bool {
    let start = try Self.start(files, recipe: recipe)
    guard start != .scoring else { return true }
    do {
      return try train(run, recipe, files, from: start)
    } catch TrainingError.checkpoint(.damaged(let file, let fault, _)) {
      let kept = try files.setCheckpointAside()
      let told = "'\(file)' is damaged: \(fault); kept as \(kept), and the run begins again"
      report(.training(run, .notice(told)))
      return try train(run, recipe, files, from: .afresh)
    }
  }

  /// Removes what an earlier try of a run left.
  private static func clear(_ files: RunFolder) throws {
    guard FileKind(files.url) == .folder else { return }
    let names = try FileManager.default.contentsOfDirectory(atPath: files.url.path)
    for name in names where name != RunFolder.damagedCheckpoint {
      try FileManager.default.removeItem(at: files.url.appending(path: name))
    }
  }

  /// Trains a run; false when a signal stopped it.
  private func train(
    _ run: ComparisonRun, _ recipe: Recipe, _ files: RunFolder, from start: Start
  ) throws -> Bool {
    if start == .afresh { try Self.clear(files) }
    try AtomicWrite.write(
      NamedRecipe(run.recipe, recipe).yaml,
      to: files.url.appending(path: "recipe.yaml"))
    let resumes = start == .resumed
    let crops = try images.training(run.fold).map {
      try CroppedSample(images.sample($0), for: recipe)
    }
    let training = Run.start(
      recipe: recipe, crops: crops, split: try images.validation(run.fold, recipe: recipe),
      start: resumes ? nil : try Beginning(named: recipe).weights(), folder: files.url,
      resume: resumes, threads: threads
    ) { [report] in report(.training(run, $0)) }
    stop.train(training)
    defer { stop.train(nil) }
    return try !training.outcome().wasStopped
  }
}
