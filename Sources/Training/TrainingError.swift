import Foundation
import Networks
import Recipes
public import Project
public import Weights

/// Why a network could not be trained or used.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// The recipe names no network that is known.
  case architecture(String)
  /// The side of the crop does not suit the network.
  case size(Int, multiple: Int, least: Int)
  /// Images cannot be looked at with so many pixels of the smallest side.
  case workingSize(Int, least: Int, most: Int)
  /// A setting of the recipe is out of its range: which and why.
  case recipe(String)
  /// There is no labelled image.
  case noSamples
  /// One image at the smallest size leaves batch norm a single value a channel.
  case tooSmall(size: Int, multiple: Int)
  /// Numbers are not finite any more: where, and whether good weights of before are on disk.
  case notFinite(step: Int, place: String, isKept: Bool = false)
  /// A run cannot be gone on with: what is wrong with its checkpoint.
  case checkpoint(CheckpointFault)
  /// The weights do not fit the network.
  case weights(WeightsError)
  /// The weights do not say which network they are of.
  case unnamedWeights
  /// A file of the run could not be written.
  case file(ProjectError)

  /// One line: what, where, and what to try.
  public var description: String {
    switch self {
    case .architecture(let name):
      "no network is called '\(name)'; it is "
        + Architecture.allCases.map(\.rawValue).joined(separator: ", ")
    case .size(let size, let multiple, let least):
      "size \(size) does not suit the network; take a multiple of \(multiple)"
        + (least > multiple ? " from \(least) on" : "") + ", such as "
        + "\(max(least, (size + multiple / 2) / multiple * multiple))"
    case .workingSize(let size, let least, let most):
      "a working size of \(size) is out of range; take \(least) to \(most)"
    case .recipe(let what):
      what
    case .noSamples:
      "there is no labelled image to learn from; accept a mask first"
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
      "the weights do not say which network they are of; name the architecture"
    case .file(let error):
      error.description
    }
  }
}
