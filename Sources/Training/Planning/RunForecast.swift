import Project
public import Recipes

/// What a run would do, as far as can be said before it starts.
public struct RunForecast: Equatable, Sendable {
  /// The settings.
  public let recipe: Recipe
  /// Images that would be trained on.
  public let trainingImages: Int
  /// Images that would only be validated on.
  public let validationImages: Int
  /// Its steps and epochs.
  public let length: RunLength
  /// How long it takes, proposals included, if the machine's speed is known.
  public let seconds: Double?
  /// Bytes of memory that it takes, roughly; 0 for a network that is not known.
  public let bytes: Double
  /// Why it cannot be done on this machine, if it cannot.
  public let refusal: String?
  /// A line worth knowing before it starts.
  public let note: String?
}
