internal import CCodecs
public import Foundation

/// Writes PNG files: the same pixels give the same bytes.
///
/// libpng behind a few functions in C: it fails by `longjmp`, which Swift must not cross.
public enum PNG {
  /// Grey, 8 or 16 bits; values are rounded and held to the range of the depth.
  ///
  /// - Precondition: `bitDepth` is 8 or 16 and the image has pixels.
  public static func encode(_ image: Image, bitDepth: Int = 8) -> Data {
    encode(
      SampleBytes.unsigned(image.values, bits: bitDepth), width: image.width,
      height: image.height, bitDepth: bitDepth, channels: 1)
  }

  /// Colour, 8 bits: red, green and blue of each pixel, row by row.
  ///
  /// - Precondition: `rgb.count == 3 * width * height`, not 0.
  public static func encode(rgb: [UInt8], width: Int, height: Int) -> Data {
    encode(rgb, width: width, height: height, bitDepth: 8, channels: 3)
  }

  /// Numbered cells, 16 bits: 0 is background.
  ///
  /// - Precondition: `labels.count == width * height`, not 0.
  public static func encode(labels: [UInt16], width: Int, height: Int) -> Data {
    encode(
      SampleBytes.of(labels), width: width, height: height, bitDepth: 16, channels: 1)
  }

  static func encode(
    _ samples: [UInt8], width: Int, height: Int, bitDepth: Int, channels: Int
  ) -> Data {
    precondition(
      samples.count == width * height * channels * bitDepth / 8 && !samples.isEmpty,
      "\(samples.count) bytes for \(width)x\(height) with \(channels) channels")
    var out = unsafe ccodecs_buffer()
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    let result = unsafe cpng_write(
      samples, samples.count, UInt32(width), UInt32(height), Int32(bitDepth), Int32(channels),
      &out, &text)
    defer { unsafe ccodecs_free(&out) }
    precondition(result == 0, SampleBytes.string(text))
    return unsafe Data(bytes: out.bytes, count: out.count)
  }

  /// Decodes a whole file; `file` names it in errors.
  static func decode(_ data: Data, file: String) throws(ImagingError) -> RawPicture {
    let header = try readInfo(of: data, file: file)
    let (width, height) = (Int(header.width), Int(header.height))
    let (channels, bits) = (Int(header.channels), Int(header.bit_depth))
    try RawPicture.check(
      file: file, width: width, height: height, channels: channels, bits: bits,
      stored: data.count, ratio: 1032)
    var info = cpng_info()
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    var samples = [UInt8](
      repeating: 0, count: width * height * channels * RawPicture.bytes(ofBits: bits))
    let result = unsafe data.withUnsafeBytes { bytes in
      unsafe cpng_read(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &samples,
        samples.count, &info, &text)
    }
    guard result == 0 else { throw .damaged(file: file, reason: SampleBytes.string(text)) }
    return RawPicture(
      width: width, height: height, channels: channels, bits: bits, format: .unsigned,
      color: color(of: &info), isMinWhite: false, samples: samples)
  }

  /// Size and depth, without decoding.
  static func header(_ data: Data, file: String) throws(ImagingError) -> ImageHeader {
    let info = try readInfo(of: data, file: file)
    return ImageHeader(
      width: Int(info.width), height: Int(info.height), bitDepth: Int(info.bit_depth),
      channels: Int(info.channels), isFloat: false, isPalette: info.is_palette != 0, pages: 1)
  }

  private static func readInfo(of data: Data, file: String) throws(ImagingError) -> cpng_info {
    var info = cpng_info()
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    let result = unsafe data.withUnsafeBytes { bytes in
      unsafe cpng_header(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &info, &text)
    }
    guard result == 0 else { throw .damaged(file: file, reason: SampleBytes.string(text)) }
    return info
  }

  private static func color(of info: inout cpng_info) -> RawPicture.Color {
    if info.is_palette != 0 {
      return unsafe withUnsafeBytes(of: &info.palette) { unsafe .palette(Array($0)) }
    }
    return info.channels >= 3 ? .rgb : .grey
  }
}
