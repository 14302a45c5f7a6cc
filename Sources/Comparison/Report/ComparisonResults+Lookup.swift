public import Project

extension ComparisonResults {
  /// The run of a recipe that scored an image: that of the seed, or else the first.
  public func run(of recipe: String, on image: ImageKey, seed: UInt64? = nil) -> RunResult? {
    let scored = runs(of: recipe).filter { run in run.scores.contains { $0.image == image } }
    return scored.first { $0.run.seed == seed } ?? scored.first
  }
}
