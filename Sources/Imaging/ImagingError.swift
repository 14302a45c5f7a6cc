/// What can be wrong with a file of pixels, in words that say what to try.
public enum ImagingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operating system does not give the file.
  case unreadable(file: String, reason: String)
  /// The file is something else than PNG or TIFF; `kind` says what, where that is known.
  case notPNGOrTIFF(file: String, kind: String?, advice: String)
  /// The file starts as it should and then breaks off or contradicts itself.
  case damaged(file: String, reason: String)
  /// The file is sound, but of a form that is not read.
  case unsupported(file: String, reason: String)
  /// More samples than are taken into memory.
  case tooLarge(file: String, width: Int, height: Int, channels: Int)
  /// The file has fewer pages.
  case noSuchPage(file: String, page: Int, pages: Int)
  /// A mask that does not lie over its image.
  case maskSize(file: String, mask: String, image: String)

  /// What, where, and what to try.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason)"
    case .notPNGOrTIFF(let file, let kind, let advice):
      kind.map { "\(file) is \($0); aura reads PNG and TIFF: \(advice)" }
        ?? "\(file) is neither PNG nor TIFF: \(advice)"
    case .damaged(let file, let reason):
      "\(file) is damaged or cut short (\(reason)): copy it again from where it came from"
    case .unsupported(let file, let reason):
      "\(file) cannot be decoded (\(reason)): save it as a plain 8- or 16-bit PNG or TIFF"
    case .tooLarge(let file, let width, let height, let channels):
      "\(file) says it is \(width)x\(height) with \(channels) channel\(channels == 1 ? "" : "s"),"
        + " more than its bytes can hold or than the \(RawPicture.largestSampleCount) samples that"
        + " are read: cut it into smaller images"
    case .noSuchPage(let file, let page, let pages):
      "\(file) has no page \(page + 1): it has \(pages) page\(pages == 1 ? "" : "s")"
    case .maskSize(let file, let mask, let image):
      "the mask \(file) is \(mask) and its image is \(image): they must have the same size"
    }
  }
}
