/// What can be wrong with a file of pixels, in words that say what to try.
public enum ImagingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operating system does not give the file.
  case unreadable(file: String, reason: String)
  /// The file is of a format that is not read; `kind` says which, with its article, where that is known.
  case otherFormat(file: String, kind: String?, advice: String)
  /// The file starts as it should and then breaks off or contradicts itself.
  case damaged(file: String, reason: String)
  /// The file is sound, but of a form that is not read; `advice` says what makes one of it that is.
  case unsupported(file: String, reason: String, advice: String? = nil)
  /// More pixels than are taken into memory.
  case tooLarge(file: String, width: Int, height: Int, channels: Int)
  /// The file has fewer pages.
  case noSuchPage(file: String, page: Int, pages: Int)
  /// A mask that does not lie over its image.
  case maskSize(file: String, mask: String, image: String)
  /// More different cells than a label image counts.
  case tooManyCells(file: String, count: Int)
  /// Outlines of ImageJ that give no mask.
  case outlines(file: String, OutlinesFault)
  /// Outlines in GeoJSON that give no cells.
  case geoJSON(file: String, GeoJSONFault)
  /// A file among masks that is none, or none like the others.
  case notMask(file: String, MaskFault)

  /// What, where, and what to try.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason)"
    case .otherFormat(let file, let kind, let advice):
      kind.map { "\(file) is \($0); aura reads TIFF, PNG, JPEG and BMP: \(advice)" }
        ?? "\(file) is neither TIFF, PNG, JPEG nor BMP: \(advice)"
    case .damaged(let file, let reason):
      "\(file) is damaged or cut short (\(reason)): copy it again from where it came from"
    case .unsupported(let file, let reason, let advice):
      "\(file) cannot be decoded (\(reason)): "
        + (advice ?? "save it as a plain 8- or 16-bit PNG or TIFF")
    case .tooLarge(let file, let width, let height, let channels):
      "\(file) says it is \(width)x\(height) with \(channels) channel\(channels == 1 ? "" : "s"),"
        + " more than its bytes can hold or than the \(RawPicture.largestPixelCount) pixels, or"
        + " \(RawPicture.largestByteCount >> 30) GB, that are read: cut it into smaller images"
    case .noSuchPage(let file, let page, let pages):
      "\(file) has no page \(page + 1): it has \(pages) page\(pages == 1 ? "" : "s")"
    case .maskSize(let file, let mask, let image):
      "the mask \(file) is \(mask) and its image is \(image): they must have the same size"
    case .tooManyCells(let file, let count):
      "\(file) has \(count) different cells, and \(LabelImage.Label.max) of an image are told apart: cut it"
        + " into smaller images"
    case .outlines(let file, let fault): "\(file) \(fault.text)"
    case .geoJSON(let file, let fault): "\(file) \(fault.text)"
    case .notMask(let file, let fault):
      "\(file) is \(fault.rawValue): it is not read as a mask like the others"
    }
  }
}
