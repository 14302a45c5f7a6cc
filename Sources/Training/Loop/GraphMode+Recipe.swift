import Autograd
import Project
import Recipes

extension Graph.Mode {
  /// The mode in which a network learns.
  init(_ batchNorm: Recipe.FineTuning.BatchNorm) {
    self = batchNorm == .frozen ? .evaluation : .training
  }
}
