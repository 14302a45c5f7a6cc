internal import CCodecs
public import Foundation

/// Writes TIFF files: one page of grey, deflate compressed.
///
/// libtiff behind a few functions in C: its handlers of errors take `va_list`, which Swift cannot write.
public enum TIFF {
  /// Grey of 8 or 16 bits, rounded and held to the range of the depth, or of 32, as it is (float).
  ///
  /// - Precondition: `bitDepth` is 8, 16 or 32 and the image has pixels.
  public static func encode(_ image: Image, bitDepth: Int = 16) -> Data {
    encode(
      bitDepth == 32
        ? SampleBytes.of(image.values) : SampleBytes.unsigned(image.values, bits: bitDepth),
      width: image.width, height: image.height, bits: bitDepth)
  }

  /// Numbered cells, 16 bits: 0 is background.
  ///
  /// - Precondition: `labels.count == width * height`, not 0.
  public static func encode(labels: [UInt16], width: Int, height: Int) -> Data {
    encode(SampleBytes.of(labels), width: width, height: height, bits: 16)
  }

  private static func encode(_ samples: [UInt8], width: Int, height: Int, bits: Int) -> Data {
    precondition(
      samples.count == width * height * bits / 8 && !samples.isEmpty,
      "\(samples.count) bytes for \(width)x\(height)")
    var out = unsafe ccodecs_buffer()
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    let result = unsafe ctiff_write(
      samples, samples.count, UInt32(width), UInt32(height), Int32(bits), &out, &text)
    defer { unsafe ccodecs_free(&out) }
    precondition(result == 0, SampleBytes.string(text))
    return unsafe Data(bytes: out.bytes, count: out.count)
  }
}
