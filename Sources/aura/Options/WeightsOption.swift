public import ArgumentParser
public import Recipes

extension StartingWeights: ExpressibleByArgument {
  /// Reads `none`, `simulated` or a path.
  public init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}
