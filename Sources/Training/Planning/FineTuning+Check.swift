import Project
import Recipes

extension Recipe.FineTuning {
  /// Refuses settings that a run of so many steps cannot be trained with.
  ///
  /// - Throws: `TrainingError.recipe` naming the first one.
  func check(steps: Int) throws(TrainingError) {
    guard warmup >= 0, warmup <= steps else {
      throw .recipe("a warm-up of \(warmup) steps is out of range; the run has \(steps)")
    }
    guard (0...10).contains(encoderRate) else {
      throw .recipe("an encoder's rate of \(encoderRate) is out of range; take 0 to 10")
    }
    guard layerDecay > 0, layerDecay <= 1 else {
      throw .recipe("a layer decay of \(layerDecay) must be above 0 and at most 1; try 0.7")
    }
    guard (0..<1).contains(ema) else {
      throw .recipe("an average's decay of \(ema) must be at least 0 and under 1; try 0.99")
    }
    guard (0..<1).contains(simulatedShare) else {
      throw .recipe(
        "a share of \(simulatedShare) simulated images must be at least 0 and under 1; try 0.25")
    }
  }
}
