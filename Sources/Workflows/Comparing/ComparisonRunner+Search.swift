import Comparison
import Files
import Foundation
import Imaging
import Project
import Recipes
import Training

extension ComparisonRunner {
  /// What the line search takes that is not begun: each trial and what is found, which may be nothing new,
  /// counted as the recipe that it begins with.
  func searchAhead() throws -> ComparisonEvent.Ahead {
    guard let search = plan.search, let start = searchStart, let results = try folder.search(plan)
    else { return ComparisonEvent.Ahead() }
    let seeds = plan.seeds
    let isNothingFound = results.open.isEmpty && results.found == nil
    let found = results.found.map { found in
      seeds.count { folder.isFinished(ComparisonRun(recipe: found.name, seed: $0)) }
    }
    return ComparisonEvent.Ahead(
      runs: (search.trialCount(from: start) + (isNothingFound ? 0 : 1)) * seeds.count,
      done: results.finishedCount + (found ?? 0), work: work(start, fold: nil))
  }

  /// Searches the weights of the loss line by line, then trains and scores what was found.
  ///
  /// What is on disk is all the state: after a kill the same lines are gone along.
  /// A trial that breaks off is not chosen.
  mutating func search() throws {
    guard let start = searchStart else { return }
    while let results = try folder.search(plan), !stop.isAsked {
      guard !results.open.isEmpty else {
        guard let found = results.found else { return }
        plan.recipes.append(found)
        let runs = open
        report(.added(runs.map(share)))
        return try finish(runs)
      }
      report(.added(results.open.map { .init(run: $0.run, work: work($0.recipe, fold: nil)) }))
      for trial in results.open where !stop.isAsked {
        var own = start
        own.seed = trial.run.seed
        try self.trial(trial, isStart: trial.recipe == own)
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
        try check(recipe, fold: nil, of: .search(line.parameter))
      }
    }
    let split = try images.validation(nil, recipe: start)
    guard split == nil, images.training(nil).count < Recipe.fewestToValidate else { return }
    throw WorkflowError.nothingToValidate(
      needed: Recipe.fewestToValidate, found: images.training(nil).count)
  }

  private var searchStart: Recipe? {
    plan.search.flatMap { search in plan.recipes.first { $0.name == search.recipe }?.recipe }
  }

  /// Trains one value and scores the images that it validated on.
  ///
  /// The recipe's own values are trained already: the same settings, seed and images give the same
  /// weights, so that only the scores lack.
  private func trial(_ trial: SearchResults.Trial, isStart: Bool) throws {
    let files = folder.folder(ofTrial: trial.run)
    let own = ComparisonRun(recipe: plan.search?.recipe ?? "", seed: trial.run.seed)
    do {
      if isStart, folder.isFinished(own) {
        try AtomicWrite.makeFolder(files.url)
        try scoreValidation(trial.run, by: folder.folder(of: own), into: files)
      } else if try prepare(trial.run, trial.recipe, files) {
        try scoreValidation(trial.run, by: files, into: files)
      }
    } catch let error as TrainingError {
      guard let reason = Self.breakdown(error) else { throw failure(of: trial.run, error) }
      // A table without a line: it broke off, and would again.
      try files.write([ImageScore]())
      report(.failed(trial.run, reason: reason))
    }
  }

  private func scoreValidation(
    _ run: ComparisonRun, by trained: RunFolder, into files: RunFolder
  ) throws {
    let parts = try trained.split().parts
    let keys = images.training(nil).filter { parts[$0] == .validation }
    try score(run, keys, by: trained, into: files, keepsMasks: false)
  }
}
