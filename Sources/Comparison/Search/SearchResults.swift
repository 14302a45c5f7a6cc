public import Recipes

/// How far a line search has come, told by the scores on validation images that are there.
public struct SearchResults: Equatable, Sendable {
  /// A value that was tried or is to be.
  public struct Point: Equatable, Sendable {
    /// The value.
    public let value: Double
    /// The mean IoU on the validation images over all seeds; nil before they are all trained, and where
    /// a training broke off.
    public let iou: Double?
    /// How many images the mean is over.
    public let images: Int
  }

  /// A line that was begun.
  public struct Line: Equatable, Sendable {
    /// What is searched.
    public let parameter: SearchParameter
    /// The points, by value.
    public let points: [Point]
    /// The best value; nil while something is open.
    public let chosen: Double?
  }

  /// One training.
  public struct Trial: Equatable, Sendable {
    /// Its name and seed.
    public let run: ComparisonRun
    /// Its settings, seed included.
    public let recipe: Recipe
  }

  /// The search.
  public let search: LineSearch
  /// The lines that were begun, in order.
  public let lines: [Line]
  /// What is to be trained next: the line in hand.
  public let open: [Trial]
  /// The settings of the best values so far.
  public let best: Recipe
  /// With how many seeds each value is tried.
  let seedCount: Int
  /// How many trainings are done.
  public let finishedCount: Int

  /// The end of the search: a recipe with the best values, by a name of its own; nil before the end, and
  /// where the recipe's own values are the best.
  public let found: NamedRecipe?

  /// Sees what there is of a search from a recipe that tries each value with each seed.
  ///
  /// `scores` are the IoUs on validation images of a training: nil where it is open, none where it broke off.
  /// - Throws: what `scores` throws.
  public init(
    _ search: LineSearch, from recipe: Recipe, seeds: [UInt64],
    scores: (ComparisonRun) throws(ComparisonError) -> [Double]?
  ) throws(ComparisonError) {
    self.search = search
    seedCount = seeds.count
    var (lines, open, best): ([Line], [Trial], Recipe) = ([], [], recipe)
    var finished: Set<ComparisonRun> = []
    for line in search.lines where open.isEmpty {
      let path = line.parameter.path
      var points: [Point] = []
      for value in search.values(of: line, for: recipe) {
        var tried = best
        tried[keyPath: path] = value
        let trials = Self.trials(tried, search, seeds)
        let found = try trials.map { trial throws(ComparisonError) in try scores(trial.run) }
        for (trial, ious) in zip(trials, found) {
          if ious == nil { open.append(trial) } else { finished.insert(trial.run) }
        }
        let ious = found.flatMap { $0 ?? [] }
        let isWhole = found.allSatisfy { $0?.isEmpty == false }
        points.append(
          Point(value: value, iou: isWhole ? Statistics.mean(ious) : nil, images: ious.count))
      }
      let chosen = open.isEmpty ? Self.chosen(points, own: recipe[keyPath: path]) : nil
      if let chosen { best[keyPath: path] = chosen }
      lines.append(Line(parameter: line.parameter, points: points, chosen: chosen))
    }
    (self.lines, self.open, self.best, finishedCount) = (lines, open, best, finished.count)
    found =
      open.isEmpty && best != recipe ? NamedRecipe(Self.foundName(search.recipe), best) : nil
  }

  /// What the recipe with the best values is called.
  static func foundName(_ recipe: String) -> String { recipe + "-searched" }

  private static func trials(
    _ recipe: Recipe, _ search: LineSearch, _ seeds: [UInt64]
  ) -> [Trial] {
    seeds.map { seed in
      var seeded = recipe
      seeded.seed = seed
      return Trial(
        run: ComparisonRun(recipe: search.name(of: recipe), seed: seed), recipe: seeded)
    }
  }

  /// The value of the highest IoU; of equal ones the nearest to the recipe's own.
  private static func chosen(_ points: [Point], own: Double) -> Double {
    let measured = points.compactMap { point in point.iou.map { (iou: $0, value: point.value) } }
    let best = measured.max { ($0.iou, -abs($0.value - own)) < ($1.iou, -abs($1.value - own)) }
    return best?.value ?? own
  }
}
