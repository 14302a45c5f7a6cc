import Project
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

    /// Joins both.
    public init(_ parameter: SearchParameter, _ values: [Double]) {
      self.parameter = parameter
      self.values = values
    }
  }

  /// The name of the recipe that it begins with.
  public let recipe: String
  /// What is searched, in order.
  public let lines: [Line]

  /// Joins both.
  public init(recipe: String, lines: [Line]) {
    self.recipe = recipe
    self.lines = lines
  }

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
}
