import Autograd
import Recipes

extension Graph.Mode {
  /// The mode in which a network learns.
  init(_ batchNorm: Optimisation.BatchNorm) {
    self = batchNorm == .frozen ? .evaluation : .training
  }
}
