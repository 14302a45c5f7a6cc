public import Foundation

extension MaskFile {
  /// The most pixels of a picture that is looked at only to tell what it is.
  private static let mostGlancedPixels = 1 << 25

  /// Whether a picture looks like a mask: few numbers, which lie flat, and no mixture of colours.
  ///
  /// Nil where that cannot be told: of a blank picture, one that cannot be read, or one so large that reading it
  /// takes long.
  public static func looksLikeMask(_ url: URL, page: Int = 0) -> Bool? {
    guard let header = try? ImageFile.header(url, page: page),
      header.width * header.height <= mostGlancedPixels,
      let picture = try? ImageFile.picture(url, page: page)
    else { return nil }
    if picture.hasColors { return false }
    let evidence = MaskEvidence(picture)
    guard !evidence.isConstant else { return nil }
    guard evidence.isExact, let flatness = evidence.flatness({ _ in true }) else { return false }
    return flatness > 0.9
  }
}

extension MaskRule {
  /// Whether it is taken as the user says it, and not found out of the pictures of a set.
  public var isGiven: Bool { isSaid }
}
