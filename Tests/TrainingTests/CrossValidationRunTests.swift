import Autograd
import Basics
import Foundation
import Imaging
import Project
import Recipes
import Testing
import Weights

@testable import Training

/// Whole runs of a toy network that are measured by the labels that they are trained again without.
struct CrossValidationRunTests {
  private static func recipe(
    _ choice: Optimisation.CrossValidation, _ change: (inout Recipe) -> Void = { _ in }
  ) -> Recipe {
    ToyLoop.recipe { recipe in
      (recipe.keep, recipe.validation, recipe.steps) = (.last, 0, 12)
      recipe.optimisation.crossValidation = choice
      change(&recipe)
    }
  }

  /// Labels as they are, the last of them with its cells.
  private static func sample(_ key: ImageKey, of count: Int) -> Sample? {
    guard let number = (0..<count).first(where: { TestCrops.sample($0).key == key }) else {
      return nil
    }
    let sample = TestCrops.sample(number)
    let cells = number == count - 1 ? LabelImage(piecesOf: sample.mask) : nil
    return Sample(key: key, image: sample.image, mask: sample.mask, cells: cells)
  }

  /// Trains a run in a folder.
  private static func trained(_ recipe: Recipe, labels: Int, in folder: URL) -> RunFolder {
    let run = ToyRun(
      LabelledRun(
        recipe: recipe, samples: (0..<labels).map { TestCrops.cropped($0) }, threads: 1),
      in: folder)
    #expect(run.outcome?.wasStopped == false)
    return RunFolder(id: "run", url: folder)
  }

  private static func order(
    _ recipe: Recipe, labels: Int, fromNetwork: Set<ImageKey> = [],
    reading: @escaping @Sendable (ImageKey) throws -> Void = { _ in }
  ) -> CrossValidationOrder {
    CrossValidationOrder(
      recipe: recipe, samples: (0..<labels).map { TestCrops.cropped($0) },
      truth: FoldTruth(fromNetwork: fromNetwork) { key in
        try reading(key)
        return sample(key, of: labels)
      }, threads: 2)
  }

  private static func checked(
    _ order: CrossValidationOrder, in folder: URL,
    acting: @escaping @Sendable (RunEvent, RunControl) -> Void = { _, _ in }
  ) -> ToyRun {
    let control = RunControl()
    return ToyRun { take in
      Run.crossValidate(order, network: ToyNetwork(), folder: folder, control: control) { event in
        take(event)
        acting(event, control)
      }
    }
  }

  private static func progress(_ run: ToyRun) -> [CheckProgress] {
    run.events.compactMap { if case .checking(let progress) = $0 { progress } else { nil } }
  }

  @Test func `a full measure is what runs without a label find in it`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.full)
      let files = Self.trained(recipe, labels: 3, in: folder)
      let weights = try Data(contentsOf: files.weightsFile)
      let run = Self.checked(Self.order(recipe, labels: 3), in: folder)
      let result = try #require(files.crossValidation)
      #expect(run.events.last == .checked(result) && run.outcome?.wasStopped == false)
      #expect(result.isComplete && result.folds == 3 && result.steps == 12)
      #expect(try Data(contentsOf: files.weightsFile) == weights, "the run stays as it is")
      #expect(Set(result.scores.map(\.image)) == Set((0..<3).map { TestCrops.sample($0).key }))
      for score in result.scores {
        let rest = (0..<3).filter { TestCrops.sample($0).key != score.image }
        let loop = try ToyLoop.training(
          recipe, of: ToyNetwork(), on: rest.map { TestCrops.crop($0) })
        try ToyLoop.run(loop)
        let predictor = try Predictor(
          weights: try #require(loop.weightsToSave), network: ToyNetwork(), size: 16, threads: 2)
        predictor.views = .flips
        let sample = try #require(Self.sample(score.image, of: 3))
        let expected = try predictor.score(sample, by: .own).scores
        #expect(abs(try #require(score.iou) - expected.iou) < 1e-6)
        #expect((score.cellF1 == nil) == (sample.cells == nil))
      }
      let steps = Self.progress(run)
      #expect(steps.map(\.fold).max() == 3 && steps.last?.fraction == 1)
    }
  }

  @Test func `by itself it takes no more steps than the run had`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.auto)
      let files = Self.trained(recipe, labels: 5, in: folder)
      let run = Self.checked(Self.order(recipe, labels: 5), in: folder)
      let result = try #require(files.crossValidation)
      #expect(result.folds == 3 && result.steps == 4 && result.scores.count == 5)
      #expect(Self.progress(run).map(\.step).max() == 12)
      #expect(result.iou?.margin != nil)
    }
  }

  @Test func `one that is stopped goes on after the last training, and a paused one waits`() throws
  {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.auto)
      let files = Self.trained(recipe, labels: 5, in: folder)
      let whole = Self.checked(Self.order(recipe, labels: 5), in: folder)
      let result = try #require(files.crossValidation)
      #expect(whole.outcome?.wasStopped == false)
      files.removeCrossValidation()

      let broken = Self.checked(Self.order(recipe, labels: 5), in: folder) { event, control in
        if case .checking(let progress) = event, progress.fold == 2, progress.step == 6 {
          control.stop(after: .now)
        }
      }
      #expect(broken.events.last == .checked(nil) && broken.outcome?.wasStopped == true)
      #expect(broken.outcome?.weights == files.weightsFile)
      let part = try #require(files.crossValidation)
      #expect(part.foldsDone == 1 && !part.isComplete)
      let rest = Self.checked(Self.order(recipe, labels: 5), in: folder)
      #expect(Self.progress(rest).first?.fold == 2)
      #expect(files.crossValidation == result && rest.events.last == .checked(result))

      // What is done is told, and nothing is trained.
      let again = Self.checked(Self.order(recipe, labels: 5), in: folder)
      #expect(again.events == [.checked(result)])

      // Of other labels, or in other steps, it begins anew.
      let full = Self.checked(Self.order(Self.recipe(.full), labels: 5), in: folder)
      #expect(Self.progress(full).first?.fold == 1 && files.crossValidation?.folds == 5)
    }
  }

  @Test func `masks that came from a network are not counted, and told`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.full)
      let files = Self.trained(recipe, labels: 4, in: folder)
      let keys = (0..<4).map { TestCrops.sample($0).key }
      _ = Self.checked(
        Self.order(recipe, labels: 4, fromNetwork: Set(keys.prefix(2))), in: folder)
      let result = try #require(files.crossValidation)
      #expect(Set(result.scores.map(\.image)) == Set(keys.suffix(2)) && result.folds == 2)
      #expect(Set(result.fromNetwork) == Set(keys.prefix(2)))

      _ = Self.checked(Self.order(recipe, labels: 4, fromNetwork: Set(keys)), in: folder)
      let nothing = try #require(files.crossValidation)
      #expect(nothing.isComplete && nothing.scores.isEmpty && nothing.fromNetwork.count == 4)
    }
  }

  @Test func `it can be skipped, and one label cannot be held out`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.none)
      let files = Self.trained(recipe, labels: 3, in: folder)
      let run = Self.checked(Self.order(recipe, labels: 3), in: folder)
      #expect(run.events == [.checked(nil)] && files.crossValidation == nil)
    }
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.full)
      let files = Self.trained(recipe, labels: 1, in: folder)
      let run = Self.checked(Self.order(recipe, labels: 1), in: folder)
      #expect(run.events.count == 2 && run.events.last == .checked(nil))
      #expect(files.crossValidation == nil)
    }
  }

  @Test func `a label that cannot be read any more is named, and the others count`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.full)
      let files = Self.trained(recipe, labels: 3, in: folder)
      let lost = TestCrops.sample(1).key
      let run = Self.checked(
        Self.order(recipe, labels: 3) { if $0 == lost { throw CancellationError() } }, in: folder)
      #expect(files.crossValidation?.scores.count == 2)
      let notices = run.events.compactMap { if case .notice(let text) = $0 { text } else { nil } }
      #expect(notices.count == 1 && notices[0].contains(lost.text))
    }
  }

  @Test func `a training that breaks off is told, and the run stays as it is`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.full)
      let files = Self.trained(recipe, labels: 3, in: folder)
      var order = Self.order(recipe, labels: 3)
      order.start = StateDict([
        NamedTensor(path: "other", shape: Shape(1), values: [0])
      ])
      let run = Self.checked(order, in: folder)
      #expect(run.error == nil && run.outcome?.weights == files.weightsFile)
      #expect(run.events.last == .checked(nil))
      guard case .notice(let text)? = run.events.first else {
        Issue.record("\(run.events)")
        return
      }
      #expect(text.hasPrefix("not cross-validated: "))
    }
  }

  @Test func `trainings end as far from their start as the run did`() throws {
    try TestCrops.withFolder { folder in
      let recipe = Self.recipe(.full)
      let files = Self.trained(recipe, labels: 3, in: folder)
      let start = ToyNetwork.constant(
        true, try ToyLoop.training(ToyLoop.recipe { $0.seed = 8 }).parameters.stateDict)
      var order = Self.order(recipe, labels: 3)
      (order.start, order.share) = (start, 0)
      _ = Self.checked(order, in: folder)
      // Weights that keep nothing are those at the start, which take all for cell.
      for score in try #require(files.crossValidation).scores {
        let truth = try #require(Self.sample(score.image, of: 3)).mask
        #expect(abs(try #require(score.iou) - Double(truth.area) / 256) < 1e-6)
      }
    }
  }

  @Test func `a run that is trained anew forgets it, and one that was begun before goes on`() throws
  {
    try TestCrops.withFolder { folder in
      let files = RunFolder(id: "run", url: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try files.write(CrossValidation(folds: 3, steps: 9, basis: "old"))
      func run(_ choice: Optimisation.CrossValidation, resumes: Bool) -> ToyRun {
        ToyRun(
          LabelledRun(
            recipe: Self.recipe(choice), samples: (0..<6).map { TestCrops.cropped($0) },
            resumes: resumes, checkpointInterval: 0, threads: 1), in: folder
        ) { event, control in
          if !resumes, case .epoch = event { control.stop(after: .epoch) }
        }
      }
      #expect(run(.auto, resumes: false).outcome?.wasStopped == true)
      #expect(files.crossValidation == nil)
      #expect(run(.none, resumes: true).outcome?.wasStopped == false)
    }
  }
}
