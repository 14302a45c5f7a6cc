import Files

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

  /// The columns of the table.
  static let columns: [CSVColumn<ImportRecord>] = [
    .init("image", \.image), .init("group", \.group), .init("width", \.width),
    .init("height", \.height), .init("bits", \.bits),
    .init("foreground") { ($0.foreground * 1e4).rounded() / 1e4 }, .init("x", \.x),
    .init("y", \.y), .init("source", \.source), .init("truth", \.truth),
  ]
}
