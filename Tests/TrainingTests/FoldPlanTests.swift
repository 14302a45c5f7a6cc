import Project
import Recipes
import Testing

@testable import Training

/// How labels are divided to measure a run by them.
struct FoldPlanTests {
  private static func keys(_ count: Int) -> [ImageKey] {
    (0..<count).map { ImageKey("image\($0 + 10).png") }
  }

  private static func truth(
    _ groups: ImageGroups = .none, fromNetwork: Set<ImageKey> = []
  ) -> FoldTruth {
    FoldTruth(groups: groups, fromNetwork: fromNetwork) { _ in nil }
  }

  private static func recipe(
    _ choice: Optimisation.CrossValidation, steps: Int = 100
  ) -> Recipe {
    var recipe = Recipe()
    (recipe.steps, recipe.validation, recipe.optimisation.warmup) = (steps, 0, 10)
    recipe.optimisation.crossValidation = choice
    return recipe
  }

  private static func plan(
    _ choice: Optimisation.CrossValidation = .auto, _ keys: [ImageKey],
    _ truth: FoldTruth = truth(), validates: Bool = false
  ) -> FoldPlan? {
    FoldPlan(recipe(choice), training: keys, validates: validates, truth: truth, share: 0.25)
  }

  @Test(
    arguments: [
      (2, .auto, 2, 50), (3, .auto, 3, 33), (5, .auto, 3, 33), (8, .auto, 3, 33), (9, .auto, 4, 25),
      (40, .auto, 4, 25), (2, .full, 2, 100), (5, .full, 5, 100), (8, .full, 8, 100),
      (9, .full, 4, 100), (60, .full, 4, 100),
    ] as [(Int, Optimisation.CrossValidation, Int, Int)])
  func `each label is held out once, in as many trainings and steps as were asked for`(
    labels: Int, choice: Optimisation.CrossValidation, folds: Int, steps: Int
  ) throws {
    let keys = Self.keys(labels)
    let plan = try #require(Self.plan(choice, keys))
    #expect(plan.folds.count == folds && plan.steps == steps)
    #expect(plan.folds.flatMap(\.held).sorted() == keys)
    #expect(plan.folds.allSatisfy { $0.held == $0.scored })
    let sizes = plan.folds.map(\.held.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    #expect(plan.recipe.steps == steps && plan.recipe.optimisation.warmup == steps / 10)
    #expect(plan.recipe.optimisation.learntShare == .fixed(0.25))
    #expect(Self.plan(choice, keys.reversed()) == plan, "the order of the list does not count")
    let work = FoldPlan.work(Self.recipe(choice), labels: labels, validates: false)
    #expect(work.steps == folds * steps && work.images == labels)
  }

  @Test func `where nobody wants it, or nothing can be held out, there is no plan`() {
    #expect(Self.plan(.none, Self.keys(5)) == nil)
    #expect(Self.plan(.auto, Self.keys(5), validates: true) == nil)
    #expect(Self.plan(.full, Self.keys(5), validates: true) != nil)
    #expect(Self.plan(.auto, Self.keys(41)) == nil)
    #expect(Self.plan(.full, Self.keys(1)) == nil)
    let work = FoldPlan.work(Self.recipe(.auto), labels: 5, validates: true)
    #expect(work.steps == 0 && work.images == 0)
  }

  @Test(arguments: [Optimisation.CrossValidation.auto, .full])
  func `what belongs together is held out together`(
    choice: Optimisation.CrossValidation
  ) throws {
    let keys = (["a_t1", "a_t2", "a_t3", "b_t1", "b_t2", "c"]).map { ImageKey("\($0).png") }
    let truth = Self.truth(ImageGroups(sequencesOf: keys))
    let plan = try #require(Self.plan(choice, keys, truth))
    #expect(
      Set(plan.folds.map { $0.held.map(\.text) }) == [
        ["a_t1.png", "a_t2.png", "a_t3.png"], ["b_t1.png", "b_t2.png"], ["c.png"],
      ])
  }

  @Test func `where all belong together each stands by itself`() throws {
    let keys = (1...4).map { ImageKey("movie.tif#\($0)") }
    let plan = try #require(Self.plan(.full, keys, Self.truth(ImageGroups(sequencesOf: keys))))
    #expect(plan.folds.map(\.held.count) == [1, 1, 1, 1])
  }

  @Test func `a mask that came from a network is learnt from and never scored`() throws {
    let keys = Self.keys(6)
    let drawn = Set(keys.prefix(2))
    let plan = try #require(Self.plan(.full, keys, Self.truth(fromNetwork: drawn)))
    #expect(plan.folds.count == 4 && plan.fromNetwork == Array(keys.prefix(2)))
    #expect(plan.folds.flatMap(\.held).sorted() == Array(keys.dropFirst(2)))

    // But for the neighbours of one that is scored.
    let frames = ["a_t1", "a_t2", "b_t1"].map { ImageKey("\($0).png") }
    let grouped = try #require(
      Self.plan(
        .full, frames,
        Self.truth(ImageGroups(sequencesOf: frames), fromNetwork: [frames[0], frames[2]])))
    #expect(grouped.folds == [.init(held: Array(frames.prefix(2)), scored: [frames[1]])])

    let nothing = try #require(Self.plan(.full, keys, Self.truth(fromNetwork: Set(keys))))
    #expect(nothing.folds.isEmpty && nothing.fromNetwork == keys)
  }

  @Test func `a run of few steps still has one in each training`() throws {
    let plan = try #require(
      FoldPlan(
        Self.recipe(.auto, steps: 2), training: Self.keys(5), validates: false,
        truth: Self.truth()))
    #expect(plan.steps == 1 && plan.recipe.optimisation.warmup <= 5)
  }
}
