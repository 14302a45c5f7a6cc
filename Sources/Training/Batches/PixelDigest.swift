import Basics
import Imaging

/// Tells whether pixels are those that were there before (FNV-1a over 32-bit words).
public struct PixelDigest: Sendable {
  private var hash = FNV1a()

  /// The digest of a labelled image: its size, its pixels, its mask's, and the numbers of its cells where these are
  /// told apart.
  public init(of sample: Sample) {
    hash.add(UInt64(UInt32(truncatingIfNeeded: sample.image.width)))
    add(sample.image.values)
    for pixel in sample.mask.pixels { hash.add(UInt64(pixel)) }
    for pixel in sample.unknown?.pixels ?? [] { hash.add(UInt64(pixel)) }
    guard let cells = sample.cells else { return }
    hash.add(Self.beforeCells)
    for label in cells.labels { hash.add(UInt64(label)) }
  }

  /// The digest of all pixels of images and masks as a run sees them.
  init(of crops: [Crop]) {
    for crop in crops {
      add(crop.image)
      add(crop.mask)
      add(crop.known ?? [])
    }
  }

  /// Greater than any number of a cell, so that cells are not taken for pixels of a mask.
  private static let beforeCells: UInt64 = 1 << 16

  private mutating func add(_ values: [Float]) {
    for value in values { hash.add(UInt64(value.bitPattern)) }
  }

  /// Sixteen hexadecimal digits.
  public var text: String { hash.text }
}
