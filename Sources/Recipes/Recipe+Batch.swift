extension Recipe {
  /// Images of a step that are simulated: their share of the batch, rounded, but never all of it.
  public var simulatedPerStep: Int {
    guard (0..<1).contains(optimisation.simulatedShare) else { return 0 }
    return max(0, min(Int((Double(batch) * optimisation.simulatedShare).rounded()), batch - 1))
  }

  /// Labelled images of a step, where there are as many.
  public var labelledPerStep: Int { batch - simulatedPerStep }

  /// Images of a step with so many labels.
  public func imagesPerStep(labels: Int) -> Int { min(labelledPerStep, labels) + simulatedPerStep }
}
