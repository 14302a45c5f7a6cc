/// What can be wrong with the settings of a run; the text says what, and what to try.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A setting is what it cannot be; what it is, and what it may be.
  case value(String, found: String, advice: String)
  /// There is no such setting; the objects of a JSON file that it stands in, and what there is.
  case unknown(String, place: [String], known: [String])
  /// Both a number of epochs and a number of steps are given.
  case epochsAndSteps
  /// A text is no augmentation; why.
  case augmentation(String, AugmentationFault)
  /// The side of the images does not suit the network.
  case size(Int, Architecture)
  /// There is no labelled image.
  case noLabels
  /// The warm-up is longer than the run.
  case warmup(Int, steps: Int)
  /// The share of simulated images of a batch is less than one image.
  case noSimulatedImage(share: Double, batch: Int)
  /// Images of this side cannot be simulated.
  case simulatedSize(Int)
  /// One image at the smallest size leaves batch norm a single value a channel.
  case tooSmall(size: Int, multiple: Int)

  /// One line for the user.
  public var description: String {
    switch self {
    case .value(let name, let found, let advice):
      "\(name) is '\(found)'; \(advice)"
    case .unknown(let name, let place, let known):
      "'\(name)' is no setting of \(place.last ?? "a recipe"); the settings are "
        + known.joined(separator: ", ")
    case .epochsAndSteps:
      "give either steps or epochs"
    case .augmentation(let text, let fault):
      "'\(text)'\(fault.description)"
    case .size(let size, let architecture):
      "size \(size): \(architecture.rawValue) needs \(architecture.sides), such as "
        + "\(architecture.side(near: size))"
    case .noLabels:
      "there is no labelled image to learn from; accept a mask first"
    case .warmup(let warmup, let steps):
      "a warm-up of \(warmup) steps is out of range; the run has \(steps)"
    case .noSimulatedImage(let share, let batch):
      "a share of \(share) of \(batch) images a step is no simulated image; take a larger batch"
    case .simulatedSize(let size):
      "images of \(size) pixels cannot be simulated; take "
        + "\(Recipe.simulatedSides.lowerBound) to \(Recipe.simulatedSides.upperBound)"
    case .tooSmall(let size, let multiple):
      "one image of \(size)x\(size) a step is too small for batch norm; take size "
        + "\(2 * multiple) or two images a step"
    }
  }
}

/// What is wrong with a text that is no augmentation.
public enum AugmentationFault: Equatable, Sendable {
  /// What follows the colon is no probability.
  case probability
  /// There is no change of this name.
  case unknown
  /// The change takes no number.
  case number(AugmentationStep.Kind)
  /// The number is out of the change's limits.
  case limit(AugmentationStep.Kind)
  /// The standard deviation of an elastic displacement is out of its limits.
  case sigma

  var description: String {
    switch self {
    case .probability:
      ": what follows the colon is a probability of 0 to 1, such as rotation:0.5"
    case .unknown:
      " is no augmentation; there are none, standard, strong, paper, and lists of "
        + AugmentationStep.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    case .number(let kind):
      ": \(kind.rawValue) takes no number"
    case .limit(let kind):
      ": \(kind.rawValue) takes a number from \(kind.limits?.lowerBound ?? 0) to "
        + "\(kind.limits?.upperBound ?? 0), such as \(kind.rawValue)=\(kind.limit ?? 0)"
    case .sigma:
      ": the sigma after the slash is from 0.5 to 100 pixels"
    }
  }
}
