import Networks
import Project
import Recipes

extension PretrainingSettings {
  /// Refuses settings that cannot be trained with.
  ///
  /// - Throws: `TrainingError` naming the first one.
  func check(for network: some SegmentationNetwork) throws(TrainingError) {
    guard !sizes.isEmpty, Set(sizes).count == sizes.count else {
      throw .recipe("sizes must be one or more different sides, such as 128,192,256")
    }
    guard recipe.batch > 1 else {
      throw .recipe("a batch of \(recipe.batch) is too small; take at least 2")
    }
    guard steps > 0 else { throw .recipe("\(steps) steps are too few; take at least 1") }
    guard (0...steps).contains(warmup) else {
      throw .recipe("a warm-up of \(warmup) steps does not fit into \(steps); take fewer")
    }
    guard (0..<1).contains(averaging) else {
      throw .recipe("an average of \(averaging) must be at least 0 and under 1; try 0.999")
    }
    guard validationInterval > 0 else {
      throw .recipe("\(validationInterval) steps between validations are too few; take at least 1")
    }
    for side in sizes {
      guard (SimulatedImages.sides).contains(side) else {
        throw .recipe("images of \(side)x\(side) cannot be simulated")
      }
      try recipe(at: side).check(for: network, images: count(at: side))
    }
  }
}
