public import Foundation

/// Reads and writes masks of cells.
public enum MaskFile {
  /// A mask with how it was read.
  public struct Reading: Equatable, Sendable {
    /// Cells 1, background 0.
    public let mask: Mask
    /// `cellWhite` or `cellBlack`: the one asked for, or the one found.
    public let polarity: MaskPolarity
    /// Whether the polarity was found rather than asked for.
    let wasDecided: Bool
    /// What the file looked like.
    let evidence: MaskPolarity.Evidence

    /// A line for the user where the polarity was found to be the uncommon one, else nil.
    public var note: String? {
      guard wasDecided, polarity == .cellBlack else { return nil }
      return "cells are black (0) in this mask, \(evidence.isBilevel ? "1 bit" : "8 bits or more")"
        + " a pixel; --mask-polarity white reads it the other way"
    }
  }

  /// Reads a mask: any non-zero pixel is cell, or with `cellBlack` any zero.
  ///
  /// In palette files of colours the index counts (0 is background), in those of greys the grey.
  /// Alpha is left aside; NaN counts as 0. `automatic` decides by this file alone; for a folder it is
  /// better to ask ``decidePolarity(for:)`` first. Pages are counted from 0.
  public static func read(
    _ url: URL, polarity: MaskPolarity = .automatic, page: Int = 0
  ) throws(ImagingError) -> Reading {
    reading(try ImageFile.picture(url, page: page), polarity: polarity)
  }

  /// Reads the mask of an image and refuses one of another size.
  public static func read(
    _ url: URL, polarity: MaskPolarity = .automatic, page: Int = 0, imageWidth: Int,
    imageHeight: Int
  ) throws(ImagingError) -> Reading {
    let picture = try ImageFile.picture(url, page: page)
    guard picture.width == imageWidth, picture.height == imageHeight else {
      throw .maskSize(
        file: url.lastPathComponent, mask: "\(picture.width)x\(picture.height)",
        image: "\(imageWidth)x\(imageHeight)")
    }
    return reading(picture, polarity: polarity)
  }

  /// Decides the polarity of a folder's masks together; files that cannot be read are passed over.
  public static func decidePolarity(for urls: [URL]) -> MaskPolarity.Decision {
    var evidence: [MaskPolarity.Evidence] = []
    var places: [Int] = []
    for (place, url) in urls.enumerated() {
      guard let reading = try? read(url) else { continue }
      evidence.append(reading.evidence)
      places.append(place)
    }
    let decision = MaskPolarity.decide(for: evidence)
    return MaskPolarity.Decision(
      polarity: decision.polarity, dissenters: decision.dissenters.map { places[$0] })
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

  static func reading(_ picture: RawPicture, polarity: MaskPolarity) -> Reading {
    let (pixels, levels) = picture.nonZero()
    let isBilevel = picture.bits == 1
    let evidence = MaskPolarity.Evidence(
      borderFraction: borderFraction(pixels, width: picture.width, height: picture.height),
      areaFraction: Double(pixels.count { $0 != 0 }) / Double(pixels.count),
      isBilevel: isBilevel, hasLabels: levels > 1)
    let found =
      polarity == .automatic ? MaskPolarity.decide(for: [evidence]).polarity : polarity
    let cells = found == .cellBlack ? pixels.map { 1 - $0 } : pixels
    return Reading(
      mask: Mask(width: picture.width, height: picture.height, pixels: cells), polarity: found,
      wasDecided: polarity == .automatic, evidence: evidence)
  }

  private static func borderFraction(_ pixels: [UInt8], width: Int, height: Int) -> Double {
    var (set, count) = (0, 0)
    for y in 0..<height {
      let isEdgeRow = y == 0 || y == height - 1
      for x in stride(from: 0, to: width, by: isEdgeRow ? 1 : max(width - 1, 1)) {
        set += Int(pixels[y * width + x])
        count += 1
      }
    }
    return Double(set) / Double(max(count, 1))
  }
}
