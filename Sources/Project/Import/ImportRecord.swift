/// What became of an image of a data set: a line of the imported folder's `manifest.csv`.
public struct ImportRecord: Equatable, Sendable, Encodable {
  /// The image's file in the imported folder.
  public let image: String
  /// What it belongs to, empty where it stands by itself; the table serves as one of groups.
  public internal(set) var group: String
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Bits a pixel: 8, 16 or 32.
  public let bits: Int
  /// Part of the pixels that is cell, 0...1.
  public let foreground: Double
  /// The first column in the original image.
  public let x: Int
  /// The first row in the original image.
  public let y: Int
  /// The original image's file.
  public let source: String
  /// The file that the mask was made of.
  public let truth: String

  /// The table's heading.
  static let heading = [
    "image", "group", "width", "height", "bits", "foreground", "x", "y", "source", "truth",
  ]

  /// The fields in the heading's order.
  var fields: [String] {
    let share = (foreground * 1e4).rounded() / 1e4
    return [
      image, group, "\(width)", "\(height)", "\(bits)", "\(share)", "\(x)", "\(y)", source, truth,
    ]
  }
}
