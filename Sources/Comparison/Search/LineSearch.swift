public import Recipes

/// A search for the weights of the loss, one after the other, on validation images.
///
/// The values of the first line are tried with all else as in the recipe; the best one stays for the
/// second line, and so on (the paper tells of such a search over lambda in [0, 10]).
public struct LineSearch: Equatable, Sendable {
  /// A parameter and the values that are tried; the recipe's own is always tried too.
  public struct Line: Equatable, Sendable {
    /// Which weight of the loss.
    public let parameter: SearchParameter
    /// Its values.
    public let values: [Double]
  }

  /// The name of the recipe that it begins with.
  public let recipe: String
  /// What is searched, in order.
  public let lines: [Line]

  /// The values of a line in order, with the recipe's own among them.
  func values(of line: Line, for recipe: Recipe) -> [Double] {
    Set(line.values + [recipe[keyPath: line.parameter.path]]).sorted()
  }

  /// How many recipes are tried in all: a line's own value was tried in the line before it.
  public func trialCount(from recipe: Recipe) -> Int {
    lines.reduce(1) { $0 + values(of: $1, for: recipe).count - 1 }
  }

  /// What a recipe that is tried is called: `aura-net-lambda2.5-beta0.75-gamma0.25`.
  func name(of trial: Recipe) -> String {
    SearchParameter.allCases.reduce(recipe) { name, parameter in
      "\(name)-\(parameter.rawValue)\(Self.text(trial[keyPath: parameter.path]))"
    }
  }

  /// `5` or `2.5`.
  static func text(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The recipe that a search begins with where none is named; nil where none can be.
  static func start(among recipes: [NamedRecipe]) -> String? {
    let possible = recipes.filter(\.recipe.hasActiveContour).map(\.name)
    return possible.first { $0 == "aura-net" } ?? possible.first
  }

  /// Why there is no such recipe.
  static let noStart =
    "no recipe here has the active contour term (gamma above 0) to search from; name one: "
    + "search: {recipe: ...}"

  /// Why a search cannot be in a plan; nil where it can.
  func refusal(in plan: ComparisonPlan) -> String? {
    guard let start = plan.recipes.first(where: { $0.name == recipe }) else {
      return "the search begins with '\(recipe)', which is no recipe here; they are "
        + plan.recipes.map(\.name).joined(separator: ", ")
    }
    if plan.division.foldCount != nil {
      return "a search chooses by validation images, which other folds test on; divide once "
        + "(test: 0.3), then compare what was found over folds"
    }
    if start.recipe.validation == 0 {
      return "a search chooses by validation images, and '\(recipe)' holds none back "
        + "(validation: 0)"
    }
    let name = SearchResults.foundName(recipe)
    guard NamedRecipe.isName(name) else {
      return "'\(recipe)' is too long a name to search from; what is found is called '\(name)'"
    }
    if plan.recipes.contains(where: { $0.name == name }) {
      return "what a search finds is called '\(name)'; give that recipe another name"
    }
    return nil
  }
}

extension LineSearch {
  /// A search of some parameters in order, from the usual values.
  ///
  /// It begins with `aura-net` among the recipes of the comparison, or else the first that has the active
  /// contour term.
  /// - Throws: `ComparisonError.plan` where none has it.
  public init(
    over parameters: [SearchParameter], among recipes: [NamedRecipe]
  ) throws(ComparisonError) {
    guard let start = Self.start(among: recipes) else { throw .plan(Self.noStart) }
    self.init(
      recipe: start, lines: parameters.map { Line(parameter: $0, values: $0.usualValues) })
  }
}

/// A weight of the loss that a line search tries values of: equations (1) and (4) of the paper.
public enum SearchParameter: String, CaseIterable, Sendable {
  /// The area within the active contour loss, equation (1).
  case lambda
  /// BCE and Dice together, equation (4).
  case beta
  /// The active contour loss, equation (4).
  case gamma

  /// Where it stands in a recipe.
  public var path: any WritableKeyPath<Recipe, Double> & Sendable {
    switch self {
    case .lambda: \.loss.lambda
    case .beta: \.loss.beta
    case .gamma: \.loss.gamma
    }
  }

  /// What is tried where nothing is said: the paper's range of lambda, [0, 10]; shares of the loss for
  /// the others, whose range it does not tell.
  var usualValues: [Double] {
    switch self {
    case .lambda: [0, 1, 2.5, 5, 7.5, 10]
    case .beta: [0.25, 0.5, 0.75, 1]
    case .gamma: [0, 0.1, 0.25, 0.5, 1]
    }
  }
}
