import Foundation

/// What a file is by its first bytes, whatever its name says.
public enum FileSignature: Sendable {
  /// A format that is read.
  case png, tiff, jpeg, bmp

  /// Bytes of a file's start that tell all kinds; with fewer some go without their name.
  static let byteCount = 512

  /// Looks at the first ``byteCount`` bytes or what there is of them, and refuses what is not read; all but
  /// a TIFF have page 0 only.
  ///
  /// `isTaken` says whether a name beside the file is there already, so that no conversion which an error
  /// advises overwrites anything.
  init(
    _ bytes: Data, file: String, page: Int, isTaken: (String) -> Bool = { _ in false }
  ) throws(ImagingError) {
    let start = [UInt8](bytes.prefix(Self.byteCount))
    let kind = Self.kind(of: start)
    if let other = RefusedFormat.of(start, name: file, seemsRead: kind != nil) {
      throw .otherFormat(
        file: file, kind: other.kind, advice: other.remedy.advice(on: file, isTaken: isTaken))
    }
    guard let kind else {
      throw .otherFormat(
        file: file, kind: nil, advice: "if it is an image, save it as TIFF or PNG first")
    }
    guard kind == .tiff || page == 0 else { throw .noSuchPage(file: file, page: page, pages: 1) }
    self = kind
  }

  /// Kinds of pictures that are refused, with their articles, by the endings of their names in small
  /// letters and without the dot: `czi` is `a Zeiss CZI`.
  public static let refusedExtensions: [String: String] = RefusedFormat.all
    .filter(\.isPicture).reduce(into: [:]) { kinds, format in
      for ending in format.endings { kinds[ending] = kinds[ending] ?? format.kind }
    }

  /// What a file is by its name, if it is refused, and what makes an image of it; one line.
  ///
  /// `isTaken` says whether a name beside the file is there already.
  public static func refusal(
    ofFile name: String, isTaken: (String) -> Bool = { _ in false }
  ) -> String? {
    RefusedFormat.named(name).map { format in
      "\(format.kind): \(format.remedy.advice(on: name, isTaken: isTaken))"
    }
  }

  /// What a folder is as a whole, if it is an image that is not read, and what makes one of it; one line.
  ///
  /// `names` are those of what lies in it.
  public static func refusal(ofFolder name: String, holding names: some Sequence<String>) -> String?
  {
    let ending = name.fileEnding
    let marks: Set = [".zattrs", ".zgroup", ".zarray", "zarr.json"]
    let isN5 = ending == "n5"
    guard isN5 || ending == "zarr" || names.contains(where: marks.contains) else { return nil }
    let remedy = RefusedFormat.Remedy.containers
    return "\(isN5 ? "an N5" : "a Zarr") folder: \(remedy.advice(on: name) { _ in false })"
  }

  private static func kind(of start: [UInt8]) -> FileSignature? {
    if start.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return .png }
    if tiffStarts.contains(where: start.starts) { return .tiff }
    if start.starts(with: [0xff, 0xd8, 0xff]) { return .jpeg }
    return BMPHeader.begins(start) ? .bmp : nil
  }

  /// Classic and BigTIFF, little- and big-endian.
  private static let tiffStarts: [[UInt8]] = [
    [0x49, 0x49, 0x2a, 0], [0x4d, 0x4d, 0, 0x2a], [0x49, 0x49, 0x2b, 0], [0x4d, 0x4d, 0, 0x2b],
  ]
}
