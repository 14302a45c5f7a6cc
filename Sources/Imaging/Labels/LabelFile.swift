internal import Archives
public import Foundation

/// Reads and writes label images as PNG files of 16 bits, which Fiji, Cellpose and scikit-image read as they are.
///
/// What nobody annotated is kept beside the pixels, out of other readers' sight: in a private chunk `unKN` of a bit
/// for each pixel, the highest of a byte first, rows beginning on a byte, deflated (RFC 1951). A program that
/// changes the pixels drops it, for its name says that it is not safe to copy. So is how unsure a network is of each
/// cell, in a chunk `doBT`: a byte a cell in the order of their numbers, 255 for 1.
public enum LabelFile {
  private static let unknownChunk = "unKN"
  private static let doubtsChunk = "doBT"

  /// A label image as a PNG of 16 bits, however few cells there are.
  ///
  /// With what nobody annotated, of which the pixels of cells are not kept, and the size of its image's pixels, where
  /// that is known, as PNG's `pHYs`. The same cells give the same bytes.
  ///
  /// `doubts` is how unsure a network is of cells, 0...1, by their numbers; of the others it is 0, where it is of any.
  ///
  /// - Precondition: the image has pixels, and `unknown` is of its size.
  public static func encode(
    _ cells: LabelImage, unknown: Mask? = nil, pixelSize: ImageContents.PixelSize? = nil,
    doubts: [LabelImage.Label: Double] = [:]
  ) -> Data {
    var file = PNG.encode(
      Codec.bytes(of: cells.labels), width: cells.width, height: cells.height, bitDepth: 16,
      channels: 1, isFiltered: false, pixelSize: pixelSize)
    if !doubts.isEmpty {
      let bytes = cells.cells.map { UInt8((min(max(doubts[$0] ?? 0, 0), 1) * 255).rounded()) }
      file = PNG.adding(doubtsChunk, bytes, to: file)
    }
    guard let unknown else { return file }
    precondition(
      unknown.width == cells.width && unknown.height == cells.height,
      "unknown pixels of \(unknown.width)x\(unknown.height) for \(cells.width)x\(cells.height)")
    guard let bits = bits(of: unknown, besides: cells) else { return file }
    return PNG.adding(unknownChunk, Deflation.deflated(bits.span), to: file)
  }

  /// The cells of a file of 16 bits, and the pixels that nobody annotated, nil where there are none; `file` names
  /// it in errors.
  ///
  /// - Throws: `ImagingError.unsupported` for a picture of other bits or of colours, whose numbers need not be those
  ///   of cells; others for what is no picture that is read.
  public static func read(
    _ data: Data, file: String
  ) throws(ImagingError) -> (cells: LabelImage, unknown: Mask?) {
    let picture = try ImageFile.picture(data, name: file, page: 0)
    guard picture.bits == 16, picture.format == .unsigned, picture.channels == 1,
      picture.color == .grey
    else {
      throw .unsupported(
        file: file,
        reason: "cells are numbered in one grey of 16 bits a pixel, and it has"
          + " \(picture.channels) of \(picture.bits)",
        advice:
          "save it as grey of 16 bits (in Fiji: Image > Type > 16-bit), or import it as a mask")
    }
    let cells = LabelImage(
      width: picture.width, height: picture.height, labels: Codec.words(of: picture.samples))
    let unknown = try unknown(in: data, width: cells.width, height: cells.height, file: file)
    return (cells, unknown.flatMap { $0.without(cells) })
  }

  /// How unsure a network is of each cell of a file, 0...1, by their numbers; empty where the file does not say it of
  /// just these cells.
  public static func doubts(
    in data: Data, of cells: LabelImage
  ) -> [LabelImage.Label: Double] {
    guard data.starts(with: PNG.magic),
      let bytes = try? PNG.chunk(doubtsChunk, of: data, file: "proposal")
    else { return [:] }
    let labels = cells.cells
    guard labels.count == bytes.count else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(labels, bytes.map { Double($0) / 255 }))
  }

  /// The pixels that a file says beside its own that nobody annotated them, those of cells among them where the file
  /// was changed since; nil where it says nothing, or is no PNG.
  static func unknown(
    in data: Data, width: Int, height: Int, file: String
  ) throws(ImagingError) -> Mask? {
    guard data.starts(with: PNG.magic),
      let packed = try PNG.chunk(unknownChunk, of: data, file: file)
    else { return nil }
    let rowBytes = (width + 7) / 8
    guard let bits = Inflation.inflated(Array(packed).span, size: rowBytes * height) else {
      throw .damaged(file: file, reason: "its chunk \(unknownChunk) does not unpack")
    }
    var pixels = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        pixels[y * width + x] = bits[y * rowBytes + x / 8] >> UInt8(7 - x % 8) & 1
      }
    }
    return Mask(width: width, height: height, pixels: pixels)
  }

  /// A bit a pixel, 1 for what nobody annotated; nil where that is nothing.
  private static func bits(of unknown: Mask, besides cells: LabelImage) -> [UInt8]? {
    let rowBytes = (cells.width + 7) / 8
    var bits = [UInt8](repeating: 0, count: rowBytes * cells.height)
    var isEmpty = true
    for y in 0..<cells.height {
      for x in 0..<cells.width where unknown[x, y] && cells[x, y] == 0 {
        bits[y * rowBytes + x / 8] |= 0x80 >> UInt8(x % 8)
        isEmpty = false
      }
    }
    return isEmpty ? nil : bits
  }
}

extension Mask {
  /// The pixels that are of no cell; nil where there are none.
  fileprivate func without(_ cells: LabelImage) -> Mask? {
    let left = zip(pixels, cells.labels).map { $1 == 0 ? $0 : 0 }
    return left.contains(1) ? Mask(width: width, height: height, pixels: left) : nil
  }
}
