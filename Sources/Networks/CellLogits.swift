public import Autograd

/// What a network answers of each pixel: `[N, 1, H, W]` each, above 0 where it is more likely than not.
public struct CellLogits: Sendable {
  /// Whether it is cell.
  public let mask: Value
  /// Whether it is of a cell's core; nil where the network does not tell cells apart.
  public let core: Value?

  /// Joins the answers.
  public init(mask: Value, core: Value? = nil) { (self.mask, self.core) = (mask, core) }
}
