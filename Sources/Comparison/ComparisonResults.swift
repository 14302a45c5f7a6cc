import Files
import Imaging
public import Project
public import Recipes

/// What a comparison has given so far: the scores and curves of the runs that are finished.
public struct ComparisonResults: Equatable, Sendable {
  /// The plan; what its line search found is one of its recipes.
  public let plan: ComparisonPlan
  /// The finished runs, in the plan's order.
  public let runs: [RunResult]
  /// The runs that broke off, in the plan's order, and why.
  public let broken: [BrokenRun]
  /// How far the line search has come, if the plan has one.
  public let search: SearchResults?
  /// Which test images belong together; nil where each stands by itself.
  public let groups: ImageGroups?
}

extension ComparisonResults {
  /// Reads what is in a folder.
  ///
  /// - Throws: `ComparisonError` where there is no comparison, or one of its tables is damaged.
  public init(_ folder: ComparisonFolder) throws(ComparisonError) {
    var plan = try folder.plan()
    let search = try folder.search(plan)
    if let found = search?.found { plan.recipes.append(found) }
    var runs: [RunResult] = []
    for run in plan.runs where folder.isFinished(run) {
      guard let recipe = plan.recipe(of: run) else { continue }
      let files = folder.folder(of: run)
      runs.append(
        try ComparisonError.filing(
          project: RunResult(
            run: run, recipe: recipe, scores: try files.scores(), history: try files.history())))
    }
    let broken = plan.runs.compactMap { run in
      folder.isFinished(run)
        ? nil : folder.breakdown(of: run).map { BrokenRun(run: run, reason: $0) }
    }
    let images = Set(runs.flatMap { $0.scores.map(\.image) }).sorted()
    self.init(
      plan: plan, runs: runs, broken: broken, search: search,
      groups: try folder.groups(of: images, in: plan.division))
  }

  /// The runs that are neither finished nor broken off.
  public var unfinished: [ComparisonRun] {
    let done = Set(runs.map(\.run) + broken.map(\.run))
    return plan.runs.filter { !done.contains($0) }
  }

  /// The finished runs of a recipe.
  public func runs(of recipe: String) -> [RunResult] { runs.filter { $0.run.recipe == recipe } }

  /// The run of a recipe that scored an image: that of the seed, or else the first.
  public func run(of recipe: String, on image: ImageKey, seed: UInt64? = nil) -> RunResult? {
    let scored = runs(of: recipe).filter { run in run.scores.contains { $0.image == image } }
    return scored.first { $0.run.seed == seed } ?? scored.first
  }

  /// The test images, sorted.
  public var images: [ImageKey] { Set(runs.flatMap { $0.scores.map(\.image) }).sorted() }

  /// The recipes of the plan without a finished run, each with what became of it: why its first run broke
  /// off, or that none is finished yet.
  var unscored: [(name: String, state: String)] {
    plan.recipes.filter { runs(of: $0.name).isEmpty }.map { recipe in
      let reason = broken.first { $0.run.recipe == recipe.name }?.reason
      return (recipe.name, reason.map { "broke off: \($0)" } ?? "not yet")
    }
  }

  /// Some recipes without what the line search found, whose loss is not the others'.
  func planned(_ recipes: [NamedRecipe]) -> [NamedRecipe] {
    recipes.filter { $0.name != search?.found?.name }
  }

  /// Some recipes without those that the paper could not have: found here, or begun with the whole
  /// simulated network.
  func published(_ recipes: [NamedRecipe]) -> [NamedRecipe] {
    planned(recipes).filter { $0.recipe.weights != .simulated }
  }

  /// `scores.csv`: a line a run and test image.
  public var csv: String {
    CSV.text(
      runs.flatMap { result in result.scores.map { (run: result.run, score: $0) } },
      columns: [
        .init("recipe", \.run.recipe), .init("seed", \.run.seed), .init("fold", \.run.fold),
        .init("image", \.score.image.text),
      ] + Metric.allCases.map { metric in .init(metric.heading) { $0.score.scores[metric] } })
  }
}
