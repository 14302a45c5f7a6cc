public import Foundation

/// Reads and writes masks of cells.
public enum MaskFile {
  /// A page (from 0) of a file.
  public typealias Page = (file: URL, page: Int)

  /// The most masks of a set that are looked at to decide how it is read.
  static let mostSamples = 200
  /// The most pixels of them, about.
  static let mostSampledPixels = 400_000_000

  /// Reads a mask by a rule.
  ///
  /// Pages are counted from 0. A mask of another size than its image's, where that is given, is refused, and
  /// so is a picture that cannot be a mask like the others for which the rule was found. What nobody annotated
  /// comes back from a file that ``LabelFile`` wrote, whatever the rule.
  public static func read(
    _ url: URL, rule: MaskRule, page: Int = 0, imageWidth: Int? = nil, imageHeight: Int? = nil
  ) throws(ImagingError) -> Annotation {
    let picture = try ImageFile.picture(url, page: page)
    let (imageWidth, imageHeight) = (imageWidth ?? picture.width, imageHeight ?? picture.height)
    guard picture.width == imageWidth, picture.height == imageHeight else {
      throw .maskSize(
        file: url.lastPathComponent, mask: "\(picture.width)x\(picture.height)",
        image: "\(imageWidth)x\(imageHeight)")
    }
    let found = try annotation(of: picture, rule: rule, file: url.lastPathComponent)
    guard picture.isOfLabels else { return found }
    let bytes = try PictureBytes(of: url)
    guard try bytes.read(at: 0, count: PNG.magic.count) == PNG.magic else { return found }
    // What is not annotated lies beside the pixels, whatever these are taken for.
    let unknown = try LabelFile.unknown(
      in: bytes.all(), width: picture.width, height: picture.height, file: bytes.name)
    return unknown.map(found.adding) ?? found
  }

  /// Decides how a set of masks is read: all by one rule, or as was said.
  ///
  /// Of a large set a part is looked at, spread over it; files that cannot be read are passed over.
  ///
  /// - Throws: `MaskTrouble` where that cannot be told, or would be no mask.
  public static func decide(
    for masks: [Page], given: MaskValues = .automatic
  ) throws(MaskTrouble) -> MaskRule.Decision {
    var places = Array(masks.indices)
    let side = masks.lazy.compactMap { try? size(of: $0) }.first
    if let side {
      let most = min(mostSamples, max(12, mostSampledPixels / max(side.width * side.height, 1)))
      if places.count > most {
        places = (0..<most).map { $0 * (masks.count - 1) / (most - 1) }
      }
    }
    let samples = given.samples
    let evidence = places.map { place -> MaskEvidence? in
      guard let picture = try? picture(of: masks[place]) else { return nil }
      return samples.map { MaskEvidence(picture, as: $0) } ?? MaskEvidence(picture)
    }
    let survey = MaskSurvey(evidence, places: places, names: masks.map(\.file.lastPathComponent))
    return try survey.decide(given)
  }

  /// The size of a page of a picture or of an array of NumPy, in pixels.
  public static func size(of page: Page) throws(ImagingError) -> (width: Int, height: Int) {
    if isArray(page) { return try NPYFile.size(of: page.file) }
    let header = try ImageFile.header(page.file, page: page.page)
    return (header.width, header.height)
  }

  /// What a page holds; nil where its numbers are known from its form.
  private static func picture(of page: Page) throws(ImagingError) -> RawPicture? {
    isArray(page)
      ? try NPYFile.picture(page.file, page: page.page)
      : try ImageFile.picture(page.file, page: page.page)
  }

  private static func isArray(_ page: Page) -> Bool {
    page.file.pathExtension.lowercased() == "npy"
  }

  /// A mask as an 8-bit PNG: 255 is cell, 0 is not.
  ///
  /// The same mask gives the same bytes.
  ///
  /// - Precondition: the mask has pixels.
  public static func encode(_ mask: Mask) -> Data { encode(Annotation(mask)) }

  /// An annotation as an 8-bit PNG: 255 is cell, 0 ground, 128 not annotated; numbers of cells are not kept.
  ///
  /// With the size of its image's pixels, where that is known, as PNG's `pHYs`.
  /// The same annotation gives the same bytes.
  ///
  /// - Precondition: the mask has pixels.
  public static func encode(
    _ annotation: Annotation, pixelSize: ImageContents.PixelSize? = nil
  ) -> Data {
    let mask = annotation.mask
    var bytes = mask.pixels.map { $0 == 0 ? 0 : 255 as UInt8 }
    if let unknown = annotation.unknown {
      for (index, pixel) in unknown.pixels.enumerated() where pixel != 0 { bytes[index] = 128 }
    }
    return PNG.encode(
      bytes, width: mask.width, height: mask.height, bitDepth: 8, channels: 1,
      pixelSize: pixelSize)
  }

  /// What a rule makes of a picture; `file` names it in errors.
  static func annotation(
    of picture: RawPicture, rule: MaskRule, file: String
  ) throws(ImagingError) -> Annotation {
    if !rule.isSaid, rule.samples == .values, picture.hasColors {
      throw .notMask(file: file, .colors)
    }
    guard let annotation = try rule.apply(to: picture, file: file) else {
      throw .notMask(file: file, .noOpacity)
    }
    if let fault = fault(of: picture, annotation, rule) { throw .notMask(file: file, fault) }
    return annotation
  }

  /// Why a picture is no mask like those for which a rule was found: what is nearly all cell, or was grey, is
  /// looked at again.
  private static func fault(
    of picture: RawPicture, _ annotation: Annotation, _ rule: MaskRule
  ) -> MaskFault? {
    let isFull = annotation.mask.area * 10 > annotation.mask.pixels.count * 9
    guard !rule.isSaid, isFull || rule.scale != nil else { return nil }
    let evidence = MaskEvidence(picture)
    if let fault = evidence.fault { return fault }
    let isOpacity = !evidence.isConstant && evidence.samples == .alpha
    return isOpacity && rule.samples == .values ? .opacity : nil
  }
}
