import Networks
import Project
import Recipes

extension Recipe {
  /// Refuses settings that cannot be trained with.
  ///
  /// - Throws: `TrainingError` naming the first one.
  func check(for network: some SegmentationNetwork, images: Int) throws(TrainingError) {
    guard images > 0 else { throw .noSamples }
    try WorkingSize.check(size, least: 1)
    guard size % network.multiple == 0, size >= network.smallest else {
      throw .size(size, multiple: network.multiple, least: network.smallest)
    }
    try Self.check(epochs, "\(epochs) epochs are too", few: "few", many: "many", most: 1_000_000)
    if let steps {
      try Self.check(steps, "\(steps) steps are too", few: "few", many: "many", most: 100_000_000)
    }
    try Self.check(
      batch, "a batch of \(batch) is too", few: "small", many: "large", most: 65_536)
    guard learningRate > 0, learningRate.isFinite else {
      throw .recipe("the learning rate \(learningRate) must be above 0; try 0.0003")
    }
    try fineTuning.check(steps: RunLength(self, trainingImages: images).steps)
    if fineTuning.simulatedShare > 0 { try checkSimulated() }
    let weights = [
      ("alpha", alpha), ("beta", beta), ("gamma", gamma), ("lambda", lambda),
    ]
    for (name, weight) in weights where !Float(weight).isFinite {
      throw .recipe("\(name) is \(weight); a weight of the loss must be a number")
    }
    guard Float(epsilon) > 0, Float(epsilon).isFinite else {
      throw .recipe("epsilon is \(epsilon); it must be above 0, try 1e-8")
    }
    guard (0..<1).contains(validation) else {
      throw .recipe("a validation share of \(validation) must be at least 0 and under 1; try 0.2")
    }
    // The deepest layer is smaller by the multiple; batch norm needs two values a channel.
    if fineTuning.batchNorm == .train, size == network.multiple, imagesPerStep(labels: images) == 1
    {
      throw .tooSmall(size: size, multiple: network.multiple)
    }
  }

  /// Refuses a number that is under 1, or so large that counting with it would not end.
  private static func check(
    _ number: Int, _ what: String, few: String, many: String, most: Int
  ) throws(TrainingError) {
    guard number >= 1 else { throw .recipe("\(what) \(few); take at least 1") }
    guard number <= most else { throw .recipe("\(what) \(many); take at most \(most)") }
  }

  private func checkSimulated() throws(TrainingError) {
    guard simulatedPerStep > 0 else {
      throw .recipe(
        "a share of \(fineTuning.simulatedShare) of \(batch) images a step is no simulated image; "
          + "take a larger batch")
    }
    guard SimulatedImages.sides.contains(size) else {
      let sides = SimulatedImages.sides
      throw .recipe(
        "images of \(size) pixels cannot be simulated; take \(sides.lowerBound) to "
          + "\(sides.upperBound)")
    }
  }
}
