public import Foundation

/// Reads and writes masks of cells.
public enum MaskFile {
  /// Reads a mask: any non-zero pixel is cell, or with `cellBlack` any zero.
  ///
  /// In palette files of colours the index counts (0 is background), in those of greys the grey.
  /// Alpha is left aside; NaN counts as 0. `automatic` decides by this file alone; for a folder it is
  /// better to ask ``decidePolarity(for:)`` first. Pages are counted from 0. Where the size of the mask's
  /// image is given, a mask of another one is refused.
  public static func read(
    _ url: URL, polarity: MaskPolarity = .automatic, page: Int = 0, imageWidth: Int? = nil,
    imageHeight: Int? = nil
  ) throws(ImagingError) -> Mask {
    let picture = try ImageFile.picture(url, page: page)
    let (imageWidth, imageHeight) = (imageWidth ?? picture.width, imageHeight ?? picture.height)
    guard picture.width == imageWidth, picture.height == imageHeight else {
      throw .maskSize(
        file: url.lastPathComponent, mask: "\(picture.width)x\(picture.height)",
        image: "\(imageWidth)x\(imageHeight)")
    }
    return mask(of: picture, polarity: polarity)
  }

  /// Decides the polarity of a folder's masks together; files that cannot be read are passed over.
  public static func decidePolarity(for urls: [URL]) -> MaskPolarity.Decision {
    MaskPolarity.decide(
      for: urls.map { (try? ImageFile.picture($0, page: 0)).map { evidence(in: $0).evidence } })
  }

  /// A mask as an 8-bit PNG: 255 is cell, 0 is not.
  ///
  /// The same mask gives the same bytes.
  ///
  /// - Precondition: the mask has pixels.
  public static func encode(_ mask: Mask) -> Data {
    PNG.encode(
      mask.pixels.map { $0 == 0 ? 0 : 255 }, width: mask.width, height: mask.height, bitDepth: 8,
      channels: 1)
  }

  static func mask(of picture: RawPicture, polarity: MaskPolarity) -> Mask {
    let (evidence, pixels) = evidence(in: picture)
    let found = polarity == .automatic ? MaskPolarity.decide(for: [evidence]).polarity : polarity
    return Mask(
      width: picture.width, height: picture.height,
      pixels: found == .cellBlack ? pixels.map { 1 - $0 } : pixels)
  }

  /// What the file looks like, and which of its pixels are not zero.
  static func evidence(
    in picture: RawPicture
  ) -> (evidence: MaskPolarity.Evidence, pixels: [UInt8]) {
    let (pixels, levels) = picture.nonZero()
    let evidence = MaskPolarity.Evidence(
      borderFraction: borderFraction(pixels, width: picture.width, height: picture.height),
      areaFraction: Double(pixels.count { $0 != 0 }) / Double(pixels.count),
      isBilevel: picture.bits == 1, hasLabels: levels > 1)
    return (evidence, pixels)
  }

  private static func borderFraction(_ pixels: [UInt8], width: Int, height: Int) -> Double {
    let border = (0..<height).flatMap { y in
      let step = y == 0 || y == height - 1 ? 1 : max(width - 1, 1)
      return stride(from: 0, to: width, by: step).map { pixels[y * width + $0] }
    }
    return Double(border.count { $0 != 0 }) / Double(max(border.count, 1))
  }
}
