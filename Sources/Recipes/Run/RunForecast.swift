/// What a run would do, as far as can be said before it starts.
public struct RunForecast: Equatable, Sendable {
  /// Whether it can be started.
  public enum Verdict: Equatable, Sendable {
    /// It can; a line worth knowing before, such as why there is no validation curve.
    case go(note: String?)
    /// It cannot on this machine, or by these settings; a line saying why.
    case refused(String)
  }

  /// How long a run takes at a size.
  public struct Cost: Equatable, Sendable {
    /// The size.
    public let size: Int
    /// Seconds.
    public let seconds: Double

    /// Notes it.
    public init(size: Int, seconds: Double) { (self.size, self.seconds) = (size, seconds) }
  }

  /// The settings.
  public var recipe: Recipe
  /// Images that would be trained on.
  public var trainingImages: Int
  /// Images that would only be validated on; 0 with few labels.
  public var validationImages: Int
  /// How long it takes, proposals included, if the machine's speed is known.
  public var seconds: Double?
  /// How long it would take at other sizes, the smallest first; none if the machine's speed is not known.
  public var otherSizes: [Cost]
  /// Whether it can be started.
  public var verdict: Verdict

  /// Makes a forecast.
  public init(
    recipe: Recipe, trainingImages: Int, validationImages: Int, seconds: Double?,
    otherSizes: [Cost] = [], verdict: Verdict
  ) {
    (self.recipe, self.seconds, self.verdict) = (recipe, seconds, verdict)
    self.otherSizes = otherSizes
    (self.trainingImages, self.validationImages) = (trainingImages, validationImages)
  }
}
