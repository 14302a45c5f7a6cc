import Basics
public import Imaging

/// What tells whether an image is the one that its draft was drawn on: its size and a digest of its grey
/// values (FNV-1a over their 32-bit patterns, row by row).
public struct ImageFingerprint: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Sixteen hexadecimal digits.
  let pixels: String

  /// Of an image of which nothing is known but that it is gone.
  public static let unknown = ImageFingerprint(width: 0, height: 0, pixels: "")

  init(width: Int, height: Int, pixels: String) {
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// Takes an image's.
  public init(of image: Image) {
    var hash = FNV1a()
    for value in image.values { hash.add(UInt64(value.bitPattern)) }
    self.init(width: image.width, height: image.height, pixels: hash.text)
  }

  /// Whether it is of an image of a size.
  public func fits(_ width: Int, _ height: Int) -> Bool {
    (self.width, self.height) == (width, height)
  }
}

extension ImageSource {
  /// Whether an image has the pixels of a fingerprint in one of its channels, whichever is looked at now.
  func has(_ fingerprint: ImageFingerprint, besides seen: ImageFingerprint) -> Bool {
    guard fingerprint != seen else { return true }
    guard fingerprint.fits(seen.width, seen.height) else { return false }
    return fingerprint != .unknown
      && otherViews.contains { view in
        (try? view.read()).map { ImageFingerprint(of: $0) } == fingerprint
      }
  }
}
