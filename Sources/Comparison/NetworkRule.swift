/// What a network asks of the size of a training crop.
public struct NetworkRule: Equatable, Sendable {
  /// The network's name in the catalog: `aura-net`.
  public let name: String
  /// What the side must be a multiple of, in pixels.
  public let multiple: Int
  /// The least side in pixels.
  public let smallest: Int

  /// Makes a rule.
  public init(name: String, multiple: Int, smallest: Int) {
    self.name = name
    self.multiple = multiple
    self.smallest = smallest
  }
}
