import Project

extension Recipe.FineTuning {
  /// Refuses settings that a run of so many steps cannot be trained with.
  ///
  /// - Throws: `TrainingError.recipe` naming the first one.
  func check(steps: Int) throws(TrainingError) {
    guard warmup >= 0, warmup <= steps else {
      throw .recipe("a warm-up of \(warmup) steps is out of range; the run has \(steps)")
    }
  }
}
