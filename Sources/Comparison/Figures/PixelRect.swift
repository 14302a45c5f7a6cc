/// A part of a figure, in pixels from the top left.
struct PixelRect: Equatable, Sendable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  /// The column behind its last.
  var right: Int { x + width }
  /// The row behind its last.
  var bottom: Int { y + height }
}
