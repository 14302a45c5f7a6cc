import Foundation

/// What a file is by its first bytes, whatever its name says.
enum FileSignature {
  case png, tiff

  /// Looks at the first 16 bytes or what there is of them, and refuses what is neither; a PNG has page 0
  /// only.
  init(_ bytes: Data, file: String, page: Int) throws(ImagingError) {
    let start = [UInt8](bytes.prefix(16))
    func begins(_ pattern: [UInt8], at offset: Int = 0) -> Bool {
      start.dropFirst(offset).starts(with: pattern)
    }
    if begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
      guard page == 0 else { throw .noSuchPage(file: file, page: page, pages: 1) }
      self = .png
    } else if Self.tiffStarts.contains(where: { begins($0) }) {
      self = .tiff
    } else {
      let other = Self.others.first { begins($0.pattern, at: $0.offset) }
      throw .notPNGOrTIFF(file: file, kind: other?.kind, advice: Self.advice(on: file, as: other))
    }
  }

  private static func advice(on file: String, as other: Pattern?) -> String {
    guard let other else { return "if it is an image, save it as PNG or TIFF first" }
    if other.isMicroscope { return "export it as TIFF from Fiji or the microscope's program" }
    let stem = file.split(separator: ".").dropLast().joined(separator: ".")
    let target = (stem.isEmpty ? file : stem) + ".png"
    return "convert it, for example with ImageMagick: convert \(quoted(file)) \(quoted(target))"
  }

  /// The name as a shell takes it.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "._-+".contains($0) }
    return isPlain ? name : "'" + name.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }

  /// Classic and BigTIFF, little- and big-endian.
  private static let tiffStarts: [[UInt8]] = [
    [0x49, 0x49, 0x2a, 0], [0x4d, 0x4d, 0, 0x2a], [0x49, 0x49, 0x2b, 0], [0x4d, 0x4d, 0, 0x2b],
  ]

  /// Something else: how it begins, what it is, with its article, and whether microscopes write it.
  private struct Pattern {
    let pattern: [UInt8]
    var offset = 0
    let kind: String
    var isMicroscope = false
  }

  private static let others: [Pattern] = [
    Pattern(pattern: [0xff, 0xd8, 0xff], kind: "a JPEG"),
    Pattern(pattern: Array("GIF8".utf8), kind: "a GIF"),
    Pattern(pattern: Array("BM".utf8), kind: "a BMP"),
    Pattern(pattern: Array("WEBP".utf8), offset: 8, kind: "a WebP"),
    Pattern(pattern: [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20], kind: "a JPEG 2000"),
    Pattern(pattern: Array("%PDF".utf8), kind: "a PDF"),
    Pattern(pattern: [0xda, 0xce, 0xbe, 0x0a], kind: "a Nikon ND2", isMicroscope: true),
    Pattern(pattern: Array("ZISRAWFILE".utf8), kind: "a Zeiss CZI", isMicroscope: true),
    Pattern(pattern: [0x70, 0, 0, 0], kind: "a Leica LIF", isMicroscope: true),
    Pattern(
      pattern: [0xd0, 0xcf, 0x11, 0xe0], kind: "an Olympus OIB or another OLE file",
      isMicroscope: true),
    Pattern(pattern: [0x89, 0x48, 0x44, 0x46], kind: "an HDF5 file", isMicroscope: true),
  ]
}
