/// Extents of a tensor in PyTorch's order: `[N, C, H, W]` for feature maps, `[out, in, h, w]` for filters.
///
/// Feature maps lie in memory channels-last (N, H, W, C); everything else in the order of its extents.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents, outermost first.
  public let extents: [Int]

  /// Makes a shape.
  public init(_ extents: Int...) { self.extents = extents }

  /// Makes a shape.
  public init(_ extents: [Int]) { self.extents = extents }

  /// Elements in all.
  public var count: Int { extents.reduce(1, *) }

  /// The extents in brackets.
  public var description: String {
    "[" + extents.map(String.init).joined(separator: ", ") + "]"
  }
}
