/// A pixel: its column and row, counted from the top left; may lie outside of an image.
public struct PixelPoint: Hashable, Sendable {
  /// Column.
  public var x: Int
  /// Row.
  public var y: Int

  /// Makes a point.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}
