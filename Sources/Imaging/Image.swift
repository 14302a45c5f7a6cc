/// A grey image: one value a pixel, row by row from the top left.
///
/// Values keep the scale of the file (0...255, 0...65535, or whatever a float file holds); colour is
/// turned to grey by the decoder.
public struct Image: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Bits a sample had in the file: 1 to 16 for whole numbers, 32 for floating point and wider ones.
  public let bitDepth: Int
  /// `height * width` values, row by row.
  public var values: [Float]
  /// The pixels, as those of a mask that are cell, of which the file says NaN or infinity, if it does of any; the
  /// smallest finite value stands there.
  public internal(set) var missing: Mask?

  /// Makes an image of just `height * width` values.
  public init(width: Int, height: Int, bitDepth: Int, values: [Float]) {
    precondition(values.count == width * height, "\(values.count) values for \(width)x\(height)")
    self.width = width
    self.height = height
    self.bitDepth = bitDepth
    self.values = values
  }
}
