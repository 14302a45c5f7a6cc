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

  /// Whether the network takes crops of this side.
  public func allows(_ size: Int) -> Bool { size % multiple == 0 && size >= smallest }

  /// Why it does not.
  public func refusal(_ size: Int) -> String {
    let least = smallest > multiple ? " from \(smallest) on" : ""
    return "size \(size): \(name) needs a multiple of \(multiple)\(least)"
  }
}
