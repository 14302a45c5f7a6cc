internal import CCodecs
public import Foundation

/// Writes PNG files: the same pixels give the same bytes.
///
/// libpng behind a few functions in C: it fails by `longjmp`, which Swift must not cross.
public enum PNG {
  /// Grey, 8 or 16 bits; values are rounded and held to the range of the depth.
  ///
  /// The size of its pixels is written where it is given, as whole pixels of a metre.
  ///
  /// - Precondition: `bitDepth` is 8 or 16 and the image has pixels.
  public static func encode(
    _ image: Image, bitDepth: Int = 8, pixelSize: ImageContents.PixelSize? = nil
  ) -> Data {
    encode(
      Codec.unsigned(image.values, bits: bitDepth), width: image.width, height: image.height,
      bitDepth: bitDepth, channels: 1, pixelSize: pixelSize)
  }

  /// Colour, 8 bits: red, green and blue of each pixel, row by row.
  ///
  /// - Precondition: `rgb.count == 3 * width * height`, not 0.
  public static func encode(rgb: [UInt8], width: Int, height: Int) -> Data {
    encode(rgb, width: width, height: height, bitDepth: 8, channels: 3)
  }

  /// Samples as they are, native byte order; `isFiltered` says whether neighbours are alike rather than equal.
  static func encode(
    _ samples: [UInt8], width: Int, height: Int, bitDepth: Int, channels: Int,
    isFiltered: Bool = true, pixelSize: ImageContents.PixelSize? = nil
  ) -> Data {
    precondition(
      samples.count == width * height * channels * bitDepth / 8 && !samples.isEmpty,
      "\(samples.count) bytes for \(width)x\(height) with \(channels) channels")
    // A metre of smaller pixels has more than a PNG counts to.
    func perMetre(_ micrometres: Double?) -> UInt32 {
      micrometres.map { ($0 > 1e-3 ? 1e6 / $0 : 0).rounded() }.map { UInt32($0) } ?? 0
    }
    let (across, down) = (perMetre(pixelSize?.x), perMetre(pixelSize?.y))
    return unsafe Codec.written {
      unsafe cpng_write(
        samples, samples.count, UInt32(width), UInt32(height), Int32(bitDepth), Int32(channels),
        isFiltered ? 1 : 0, across, down, &$0, &$1)
    }
  }

  /// Decodes a whole file; `file` names it in errors.
  static func decode(_ data: Data, file: String) throws(ImagingError) -> RawPicture {
    var samples: [UInt8] = []
    var info = try read(data, file: file, into: &samples)
    let (width, height) = (Int(info.width), Int(info.height))
    let (channels, bits) = (Int(info.channels), Int(info.bit_depth))
    try RawPicture.check(
      file: file, width: width, height: height, channels: channels, bits: bits,
      stored: data.count, ratio: 1032)
    samples = Array(
      repeating: 0, count: width * height * channels * RawPicture.bytes(ofBits: bits))
    info = try read(data, file: file, into: &samples)
    return RawPicture(
      width: width, height: height, channels: channels, bits: bits, format: .unsigned,
      color: color(of: &info), isMinWhite: false, samples: samples)
  }

  /// Reads the header, and the samples where there is room for them.
  private static func read(
    _ data: Data, file: String, into samples: inout [UInt8]
  ) throws(ImagingError) -> cpng_info {
    var info = cpng_info()
    try Codec.read(file) { text in
      unsafe data.withUnsafeBytes { bytes in
        unsafe cpng_read(
          bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &samples,
          samples.count, &info, &text)
      }
    }
    return info
  }

  private static func color(of info: inout cpng_info) -> RawPicture.Color {
    if info.is_palette != 0 {
      let count = 3 * Int(info.palette_count)
      return unsafe withUnsafeBytes(of: &info.palette) { unsafe .palette(Array($0.prefix(count))) }
    }
    return info.channels >= 3 ? .rgb : .grey
  }
}
