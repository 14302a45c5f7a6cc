extension Recipe {
  /// Sides of images that the simulator makes.
  static let simulatedSides = 16...4000

  /// Refuses a crop that the network cannot look at.
  ///
  /// - Throws: `RecipeError.size`.
  public func checkSize() throws(RecipeError) {
    guard architecture.takes(side: size) else { throw .size(size, architecture) }
  }

  /// Refuses a share of simulated images that no step has, or that cannot be made.
  func checkSimulated() throws(RecipeError) {
    guard simulatedPerStep > 0 else {
      throw .noSimulatedImage(share: optimisation.simulatedShare, batch: batch)
    }
    guard Self.simulatedSides.contains(size) else { throw .simulatedSize(size) }
  }
}
