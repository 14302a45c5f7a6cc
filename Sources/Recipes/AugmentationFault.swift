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

  /// What follows the text in a message.
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
