import Comparison
import Foundation
import Imaging
import Project
import Recipes
import Training

extension ComparisonRunner {
  /// What the line search takes that is not begun: each trial and what is found, which may be nothing new,
  /// counted as the recipe that it begins with.
  func searchAhead() throws -> ComparisonProgress.Ahead {
    guard let search = plan.search, let start = searchStart, let results = try folder.search(plan)
    else { return ComparisonProgress.Ahead() }
    let seeds = plan.seeds
    let isNothingFound = results.open.isEmpty && results.found == nil
    let found = results.found.map { found in
      seeds.count { folder.isFinished(ComparisonRun(recipe: found.name, seed: $0)) }
    }
    return ComparisonProgress.Ahead(
      runs: (search.trialCount(from: start) + (isNothingFound ? 0 : 1)) * seeds.count,
      done: results.finishedCount + (found ?? 0), work: work(start, fold: nil))
  }

  /// Searches the weights of the loss line by line, then trains and scores what was found.
  ///
  /// What is on disk is all the state: after a kill the same lines are gone along.
  /// A trial that breaks off is not chosen.
  mutating func search(_ progress: ComparisonProgress) throws {
    guard let start = searchStart else { return }
    while let results = try folder.search(plan), ending.number == nil {
      guard !results.open.isEmpty else {
        guard let found = results.found else { return }
        plan.recipes.append(found)
        let runs = open
        progress.add(runs.map { ($0, work($0)) })
        try finish(runs, progress)
        return
      }
      progress.add(results.open.map { ($0.run, work($0.recipe, fold: nil)) })
      for trial in results.open where ending.number == nil {
        try self.trial(trial, isStart: trial.recipe == seeded(start, trial.run.seed), progress)
        try ComparisonReport(folder).write()
      }
    }
  }

  /// Refuses a search where no image is left to validate on.
  func checkSearch() throws {
    guard let start = searchStart else { return }
    for line in plan.search?.lines ?? [] {
      for value in line.values {
        var recipe = start
        recipe[keyPath: line.parameter.path] = value
        do throws(TrainingError) {
          try RunPlanner.check(recipe, labels: images.training(nil).count)
        } catch {
          throw Failure(Failure(error).status, "the line search over \(line.parameter): \(error)")
        }
      }
    }
    let split = try images.validation(nil, recipe: start)
    guard split == nil, images.training(nil).count < Recipe.fewestToValidate else { return }
    throw Failure(
      .badInput,
      "a line search chooses by validation images: that takes \(Recipe.fewestToValidate) images to "
        + "train on, here are \(images.training(nil).count)")
  }

  private var searchStart: Recipe? {
    plan.search.flatMap { search in plan.recipes.first { $0.name == search.recipe }?.recipe }
  }

  private func seeded(_ recipe: Recipe, _ seed: UInt64) -> Recipe {
    var recipe = recipe
    recipe.seed = seed
    return recipe
  }

  /// Trains one value and scores the images that it validated on.
  ///
  /// The recipe's own values are trained already: the same settings, seed and images give the same
  /// weights, so that only the scores lack.
  private func trial(
    _ trial: SearchResults.Trial, isStart: Bool, _ progress: ComparisonProgress
  ) throws {
    let files = folder.folder(ofTrial: trial.run)
    let own = ComparisonRun(recipe: plan.search?.recipe ?? "", seed: trial.run.seed)
    do {
      if isStart, folder.isFinished(own) {
        try scoreValidation(trial.run, folder.folder(of: own), into: files, progress)
      } else if try prepare(trial.run, trial.recipe, files, progress) {
        try scoreValidation(trial.run, files, into: files, progress)
      }
    } catch let error as TrainingError {
      guard case .notFinite = error else { throw failure(of: trial.run, error) }
      // A table without a line: it broke off, and would again.
      try files.write([ImageScore]())
      progress.failed(trial.run, error.description)
    }
  }

  private func scoreValidation(
    _ run: ComparisonRun, _ trained: RunFolder, into files: RunFolder,
    _ progress: ComparisonProgress
  ) throws {
    let validated = try trained.split().parts.filter { $0.value == .validation }
    let evaluator = try evaluator(trained)
    var lines: [ImageScore] = []
    for sample in images.training(nil) where validated.keys.contains(sample.key) {
      guard ending.number == nil else { return }
      lines.append(
        ImageScore(
          image: sample.key, trainedOn: false, scores: evaluator.score(sample).scores))
    }
    try files.write(lines)
    progress.scored(run, lines)
  }
}
