import Recipes
@testable import Comparison
import Foundation
import Project
import Testing

struct LineSearchTests {
  private let text = """
    data: {images: /a, masks: /b, split: {test: 0.3}}
    seeds: [0, 1]
    recipes: [unet, aura-net]
    search: {lambda: [0, 5, 10], beta: [0.5, 1]}
    """

  private func plan(_ text: String) throws -> ComparisonPlan {
    try ComparisonPlan(text, file: "plan.yaml", folder: URL(filePath: "/data/"))
  }

  /// The search of the text where a trial's IoU is a function of its weights, and those that were open.
  private func results(
    _ plan: ComparisonPlan, known: Int = .max, iou: (String, UInt64) -> [Double]
  ) throws -> SearchResults {
    let search = try #require(plan.search)
    let recipe = try #require(plan.recipes.first { $0.name == search.recipe }?.recipe)
    var asked: [ComparisonRun] = []
    return try SearchResults(search, from: recipe, seeds: plan.seeds) { run in
      if !asked.contains(run) { asked.append(run) }
      let isKnown = asked.firstIndex(of: run).map { $0 < known } ?? false
      return isKnown ? iou(run.recipe, run.seed) : nil
    }
  }

  @Test func `a plan's search is read, written and told apart`() throws {
    let plan = try plan(text)
    let search = try #require(plan.search)
    #expect(search.recipe == "aura-net")
    #expect(
      search.lines == [
        LineSearch.Line(parameter: .lambda, values: [0, 5, 10]),
        LineSearch.Line(parameter: .beta, values: [0.5, 1]),
      ])
    #expect(try ComparisonPlan(plan.yaml, file: "b", folder: URL(filePath: "/else")) == plan)
    // lambda 0, 5, 10, then beta 0.5 and 1 beside the recipe's own 0.75.
    #expect(search.trialCount(from: plan.recipes[1].recipe) == 5)
    let folder = try TestFolder()
    let output = ComparisonFolder(folder.url)
    try output.begin(plan)
    var other = plan
    other.search = nil
    #expect(throws: ComparisonError.otherPlan(folder.url.path, what: "another line search")) {
      try output.begin(other)
    }
  }

  @Test(arguments: [
    ("search: {lambda: [-1]}", "plan.yaml:4: lambda is '-1'; a number of 0 or more, please"),
    ("search: {alpha: [1]}", "'alpha' is no setting of a search"),
    ("search: {recipe: aura-net}", "a search tries values of lambda, beta or gamma"),
    ("search: {lambda: []}", "there are no values to try"),
    ("search: {recipe: ce-net, beta: [1]}", "begins with 'ce-net', which is no recipe here"),
  ])
  func `a search that cannot be is refused with its line`(line: String, reason: String) throws {
    let changed = text.replacing("search: {lambda: [0, 5, 10], beta: [0.5, 1]}", with: line)
    let error = #expect(throws: ComparisonError.self) { try plan(changed) }
    let told = try #require(error).description
    #expect(told.hasPrefix("plan.yaml:4: ") && told.contains(reason), "\(told)")
  }

  @Test func `a search needs images that no run tests on, and an active contour`() throws {
    let folds = text.replacing("test: 0.3", with: "folds: 3")
    #expect(throws: ComparisonError.self) { try plan(folds) }
    let all = text.replacing("recipes:", with: "defaults: {validation: 0}\nrecipes:")
    #expect(throws: ComparisonError.self) { try plan(all) }
    let without = text.replacing("[unet, aura-net]", with: "[unet]")
    #expect(throws: ComparisonError.self) { try plan(without) }
  }

  @Test func `a name that what is found could not have is refused`() throws {
    let name = String(repeating: "x", count: 60)
    let changed = text.replacing("aura-net]", with: "{name: \(name), base: aura-net}]")
    let error = #expect(throws: ComparisonError.self) { try plan(changed) }
    #expect(error?.description.contains("is too long a name to search from") == true)
  }

  @Test func `each line keeps the best value for the next`() throws {
    let results = try results(try plan(text)) { name, seed in
      let area = name.contains("lambda10") ? 0.2 : 0
      let overlap = name.contains("beta0.5") ? 0.1 : 0
      return [0.5 + area + overlap + 0.02 * Double(seed), 0.4 + area + overlap]
    }
    #expect(results.lines.map(\.parameter) == [.lambda, .beta])
    #expect(results.lines.map(\.chosen) == [10, 0.5])
    #expect(results.lines[1].points.map(\.value) == [0.5, 0.75, 1])
    // (0.8 + 0.7 + 0.82 + 0.7) / 4
    let best = results.lines[1].points[0]
    #expect(abs((best.iou ?? 0) - 0.755) < 1e-12 && best.images == 4)
    let found = try #require(results.found)
    #expect(found.name == "aura-net-searched" && results.open.isEmpty)
    #expect(
      (found.recipe.loss.lambda, found.recipe.loss.beta, found.recipe.loss.gamma) == (10, 0.5, 0.25)
    )
  }

  @Test func `what is open is the line in hand, seed by seed`() throws {
    let plan = try plan(text)
    let first = try results(plan, known: 0) { _, _ in [0.5] }
    #expect(first.lines.count == 1 && first.lines[0].chosen == nil && first.found == nil)
    #expect(
      first.open.map(\.run.name) == [
        "aura-net-lambda0-beta0.75-gamma0.25-seed0", "aura-net-lambda0-beta0.75-gamma0.25-seed1",
        "aura-net-lambda5-beta0.75-gamma0.25-seed0", "aura-net-lambda5-beta0.75-gamma0.25-seed1",
        "aura-net-lambda10-beta0.75-gamma0.25-seed0", "aura-net-lambda10-beta0.75-gamma0.25-seed1",
      ])
    #expect(first.open.map(\.recipe.seed) == [0, 1, 0, 1, 0, 1])
    #expect(first.finishedCount == 0)
    let second = try results(plan, known: 6) { _, _ in [0.5] }
    // Every lambda is as good: the recipe's own stays, and its own beta is measured already.
    #expect(second.lines.map(\.chosen) == [5, nil])
    #expect(second.open.map(\.run.seed) == [0, 1, 0, 1])
    #expect(second.finishedCount == 6)
    #expect(second.open.allSatisfy { $0.recipe.loss.lambda == 5 && $0.recipe.loss.beta != 0.75 })
  }

  @Test func `nothing is found where the recipe's own values are the best`() throws {
    let results = try results(try plan(text)) { _, _ in [0.5] }
    #expect(results.open.isEmpty && results.found == nil)
    #expect(results.lines.map(\.chosen) == [5, 0.75])
  }

  @Test func `a choice by few images is told to be uncertain`() throws {
    let plan = try plan(text)
    let few = SearchText(results: try results(plan) { _, _ in [0.5, 0.6] }).text
    #expect(few.contains("Each mean is over 2 images and 2 seeds: with fewer than 10"))
    let many = SearchText(results: try results(plan) { _, _ in Array(repeating: 0.5, count: 10) })
      .text
    #expect(!many.contains("Each mean is over"))
  }

  @Test func `a value whose training broke off is not chosen`() throws {
    let results = try results(try plan(text)) { name, seed in
      if name.contains("lambda0") { return seed == 0 ? [] : [0.99] }
      return name.contains("lambda10") ? [0.6] : [0.5]
    }
    #expect(results.lines[0].chosen == 10)
    #expect(results.lines[0].points[0].iou == nil)
  }

  @Test func `the usual search begins with the paper's network`() throws {
    let recipes = try plan(text).recipes
    let search = try LineSearch(over: [.lambda, .gamma], among: recipes)
    #expect(search.recipe == "aura-net" && search.lines.map(\.parameter) == [.lambda, .gamma])
    #expect(search.lines[0].values.min() == 0 && search.lines[0].values.max() == 10)
    #expect(throws: ComparisonError.self) {
      try LineSearch(over: [.beta], among: Array(recipes.prefix(1)))
    }
  }
}
