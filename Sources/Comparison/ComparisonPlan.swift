public import Imaging
public import Project
public import Recipes

/// What a comparison trains and scores: the recipes, each with every seed on every fold.
public struct ComparisonPlan: Equatable, Sendable {
  /// The labelled images.
  public var data: LabelledFolders
  /// How they are divided.
  public var division: Division
  /// At which size predictions are scored.
  public var scoring: ScoringProtocol
  /// What starts the random choices of a recipe's runs, one run each.
  public var seeds: [UInt64]
  /// The recipes under names of their own, in the order of the report.
  public var recipes: [NamedRecipe]
  /// The paper's table that the report prints beside its own, 1 to 4.
  public var paperTable: Int?
  /// A search for the weights of the loss, after the recipes.
  public var search: LineSearch?

  /// Makes a plan.
  public init(
    data: LabelledFolders, division: Division, scoring: ScoringProtocol = .own,
    seeds: [UInt64] = [0], recipes: [NamedRecipe], paperTable: Int? = nil,
    search: LineSearch? = nil
  ) {
    self.data = data
    self.division = division
    self.scoring = scoring
    self.seeds = seeds
    self.recipes = recipes
    self.paperTable = paperTable
    self.search = search
  }

  /// All its runs: seed by seed, so that every recipe has a result early; fold by fold within it.
  public var runs: [ComparisonRun] {
    let folds: [Int?] = division.foldCount.map { Array(1...max(1, $0)) } ?? [nil]
    return seeds.flatMap { seed in
      folds.flatMap { fold in
        recipes.map { ComparisonRun(recipe: $0.name, seed: seed, fold: fold) }
      }
    }
  }

  /// The settings of a run, its seed put in; nil for a run of another plan.
  public func recipe(of run: ComparisonRun) -> Recipe? {
    guard var recipe = recipes.first(where: { $0.name == run.recipe })?.recipe else { return nil }
    recipe.seed = run.seed
    return recipe
  }

  /// The plan with a line search in it.
  ///
  /// - Throws: `ComparisonError.plan` where it cannot be searched so.
  public func searching(_ search: LineSearch) throws(ComparisonError) -> ComparisonPlan {
    var plan = self
    plan.search = search
    if let refusal = search.refusal(in: self) { throw .plan(refusal) }
    return plan
  }

  /// What a plan differs in from one that has all its runs and may have more, for a message; nil where the
  /// other goes on with it.
  ///
  /// A search chooses by all seeds, so that these stay.
  func difference(fromLarger other: ComparisonPlan) -> String? {
    if data != other.data { return "other images or masks" }
    if division != other.division { return "another split" }
    if scoring != other.scoring { return "another protocol" }
    let isSearched = search != nil || other.search != nil
    guard isSearched ? seeds == other.seeds : Set(seeds).isSubset(of: other.seeds) else {
      return "other seeds"
    }
    if paperTable != other.paperTable { return "another table of the paper" }
    if search != other.search { return "another line search" }
    for recipe in recipes {
      guard let same = other.recipes.first(where: { $0.name == recipe.name }) else {
        return "it has a recipe '\(recipe.name)'"
      }
      if same != recipe { return "another recipe '\(recipe.name)'" }
    }
    return nil
  }
}

/// Where a comparison's labelled images lie.
public struct LabelledFolders: Equatable, Sendable {
  /// The folder of images; in a plan as it is run an absolute path.
  public var images: String
  /// The folder of masks; nil for the masks beside the images.
  public var masks: String?
  /// Which numbers of masks are cell.
  public var values: MaskValues

  /// Names the folders.
  public init(images: String, masks: String? = nil, values: MaskValues = .automatic) {
    self.images = images
    self.masks = masks
    self.values = values
  }
}

/// How labelled images are divided into those to learn from and those to test on.
public enum Division: Equatable, Sendable {
  /// By a CSV of image,split.
  case file(String)
  /// A share is drawn by a seed and tested on; groups stay together, which a pattern finds in names or a
  /// CSV of image,group names.
  case drawn(share: Double, seed: UInt64, groups: String?)
  /// Every image is tested on once, in one of so many folds.
  case folds(Int, seed: UInt64, groups: String?)

  /// What keeps images together, if anything does.
  public var groups: String? {
    switch self {
    case .file: nil
    case .drawn(_, _, let groups), .folds(_, _, let groups): groups
    }
  }

  /// Draws the parts of images, once or for each fold; none where a file says them.
  ///
  /// - Throws: `ProjectError` for what cannot be divided so.
  public func draw(
    _ keys: [ImageKey], groups: ImageGroups, validating validation: Double = 0
  ) throws(ProjectError) -> [Split] {
    switch self {
    case .file: []
    case .drawn(let share, let seed, _):
      [try Split(testing: share, validating: validation, of: keys, groups: groups, seed: seed)]
    case .folds(let count, let seed, _):
      try Split.folds(count, validating: validation, of: keys, groups: groups, seed: seed)
    }
  }

  /// How many folds there are; nil where the images are divided once.
  public var foldCount: Int? {
    guard case .folds(let count, _, _) = self else { return nil }
    return count
  }
}
