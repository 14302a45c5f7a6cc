import Networks
import Project

extension Recipe {
  /// Refuses settings that cannot be trained with.
  ///
  /// - Throws: `TrainingError` naming the first one.
  func check(for network: some SegmentationNetwork, images: Int) throws(TrainingError) {
    guard images > 0 else { throw .noSamples }
    guard size > 0, size % network.multiple == 0 else {
      throw .size(size, multiple: network.multiple)
    }
    guard epochs > 0 else { throw .recipe("\(epochs) epochs are too few; take at least 1") }
    guard batch > 0 else { throw .recipe("a batch of \(batch) is too small; take at least 1") }
    guard learningRate > 0, learningRate.isFinite else {
      throw .recipe("the learning rate \(learningRate) must be above 0; try 0.0003")
    }
    guard (0..<1).contains(validation) else {
      throw .recipe("a validation share of \(validation) must be at least 0 and under 1; try 0.2")
    }
    // The deepest layer is smaller by the multiple; batch norm needs two values a channel.
    if size == network.multiple, min(batch, images) == 1 {
      throw .tooSmall(size: size, multiple: network.multiple)
    }
  }
}
