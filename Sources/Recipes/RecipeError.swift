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

  /// The error, its setting standing within an object of a JSON file.
  func within(_ group: String?) -> RecipeError {
    guard let group else { return self }
    return switch self {
    case .value(let name, let found, let advice):
      .value("\(group).\(name)", found: found, advice: advice)
    case .unknown(let name, let place, let known):
      .unknown(name, place: [group] + place, known: known)
    default: self
    }
  }
}
