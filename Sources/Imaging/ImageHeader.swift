/// What a file says about its pixels before they are decoded.
public struct ImageHeader: Equatable, Sendable {
  /// Pixels in a row of the page that was asked for.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Bits a sample: 1, 2, 4, 8, 16, 32 or 64.
  public let bitDepth: Int
  /// Samples a pixel in the file, alpha included; they are read as one grey value.
  public let channels: Int
  /// Whether samples are floating-point numbers.
  let isFloat: Bool
  /// Whether samples are indices of a palette.
  public let isPalette: Bool
  /// Pages of the file; each is an image.
  public let pages: Int
}
