import Project
public import Recipes

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
