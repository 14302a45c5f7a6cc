import Autograd
import Project
import Recipes

/// How long a run is, and at which rate each parameter learns in each of its steps.
struct TrainingSchedule: Sendable {
  /// Its steps, and after how many of them it is measured.
  let length: RunLength
  /// The learning rate of each step.
  let rate: LearningRateSchedule
  /// The share of that rate at which a parameter learns.
  var share: @Sendable (Path) -> Double = { _ in 1 }
}
