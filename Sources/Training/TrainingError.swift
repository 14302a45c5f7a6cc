public import Project
public import Recipes
public import Weights

/// Why a network could not be trained or used.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// Settings cannot be trained with.
  case settings(RecipeError)
  /// Images cannot be looked at with so many pixels of the smallest side.
  case workingSize(Int, least: Int, most: Int)
  /// This machine has too little memory: how much it takes.
  case memory(String)
  /// One image at the smallest size leaves batch norm a single value a channel.
  case tooSmall(size: Int, multiple: Int)
  /// Numbers are not finite any more: where, and whether good weights of before are on disk.
  case notFinite(step: Int, place: String, isKept: Bool = false)
  /// A run cannot be gone on with: what is wrong with its checkpoint.
  case checkpoint(CheckpointFault)
  /// The weights do not fit the network.
  case weights(WeightsError)
  /// The weights do not say which of the known networks they are of.
  case unnamedWeights
  /// A file of the run could not be written.
  case file(ProjectError)

  /// One line: what, where, and what to try.
  public var description: String {
    switch self {
    case .settings(let error):
      error.description
    case .workingSize(let size, let least, let most):
      "a working size of \(size) is out of range; take \(least) to \(most)"
    case .memory(let what):
      what
    case .tooSmall(let size, let multiple):
      "one image of \(size)x\(size) a step is too small for batch norm; take size "
        + "\(2 * multiple) or two images a step"
    case .notFinite(let step, let place, let isKept):
      "the loss is no number any more at step \(step) (\(place)); "
        + (isKept ? "the last good weights are kept" : "there are no good weights to keep")
        + ", try a lower learning rate"
    case .checkpoint(let fault):
      "the run cannot be resumed: \(fault); start a new run instead"
    case .weights(let error):
      error.description
    case .unnamedWeights:
      "the weights do not say which of the known networks they are of; name the architecture"
    case .file(let error):
      error.description
    }
  }
}
