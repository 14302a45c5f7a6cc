internal import CCodecs

/// What is known of the ways in which a TIFF packs its pixels.
enum TIFFCompression {
  static let none = 1
  static let jpeg = 7

  /// Whether pixels do not come back as they were.
  static func isLossy(_ code: Int) -> Bool { code == 6 || code == jpeg }

  /// How many times its stored bytes a page can hold; 0 where nobody can say.
  static func largestRatio(_ code: Int) -> Int {
    switch code {
    case none: 1
    case 5: 2731  // LZW: at most 4096 bytes a code of 12 bits
    case 8, 32946: 1032  // deflate
    case 32773: 64  // PackBits: 128 bytes from two
    default: 0
    }
  }

  /// Whether libtiff, as it is built here, decodes it.
  static func isDecoded(_ code: Int) -> Bool {
    (0...0xffff).contains(code) && ctiff_decodes(Int32(code)) != 0
  }

  /// What it is called.
  static func name(_ code: Int) -> String { names[code] ?? "compression \(code)" }

  private static let names = [
    6: "JPEG of the old kind", 7: "JPEG", 8: "deflate", 22610: "JPEG XR", 32946: "deflate",
    33003: "JPEG 2000", 33004: "JPEG 2000", 33005: "JPEG 2000", 34661: "JBIG", 34712: "JPEG 2000",
    34713: "Nikon's raw form", 34715: "JBIG2", 34887: "LERC", 34892: "a camera's JPEG",
    34925: "LZMA", 34926: "Zstandard", 34927: "WebP", 34933: "PNG", 34934: "JPEG XR",
    50000: "Zstandard", 50001: "WebP", 50002: "JPEG XL", 52546: "JPEG XL",
  ]
}
