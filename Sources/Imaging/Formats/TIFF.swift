internal import CCodecs
public import Foundation

/// Writes TIFF files: one page of grey, deflate compressed.
///
/// libtiff behind a few functions in C: its handlers of errors take `va_list`, which Swift cannot write.
public enum TIFF {
  /// Grey of 8 or 16 bits, rounded and held to the range of the depth, or of 32, as it is (float).
  ///
  /// The size of its pixels is written as ImageJ does, pixels of a micrometre, so that ImageJ and Fiji show
  /// lengths in micrometres. The same pixels and size give the same bytes.
  ///
  /// - Precondition: `bitDepth` is 8, 16 or 32 and the image has pixels.
  public static func encode(
    _ image: Image, bitDepth: Int = 16, pixelSize: ImageContents.PixelSize? = nil
  ) -> Data {
    precondition(!image.values.isEmpty, "no pixels for \(image.width)x\(image.height)")
    let samples =
      bitDepth == 32
      ? Codec.bytes(of: image.values) : Codec.unsigned(image.values, bits: bitDepth)
    return encode(
      samples, width: image.width, height: image.height, bitDepth: bitDepth, pixelSize)
  }

  /// The numbers of cells, 16 bits, however few there are.
  ///
  /// The size of pixels is written as that of an image's. The same cells and size give the same bytes.
  ///
  /// - Precondition: the image has pixels.
  public static func encode(
    _ cells: LabelImage, pixelSize: ImageContents.PixelSize? = nil
  ) -> Data {
    precondition(!cells.labels.isEmpty, "no pixels for \(cells.width)x\(cells.height)")
    return encode(
      Codec.bytes(of: cells.labels), width: cells.width, height: cells.height, bitDepth: 16,
      pixelSize)
  }

  private static func encode(
    _ samples: [UInt8], width: Int, height: Int, bitDepth: Int,
    _ pixelSize: ImageContents.PixelSize?
  ) -> Data {
    let (width, height, bits) = (UInt32(width), UInt32(height), Int32(bitDepth))
    return unsafe Codec.written { out, text in
      guard let pixelSize else {
        return unsafe ctiff_write(
          samples, samples.count, width, height, bits, nil, &out, &text)
      }
      return unsafe "ImageJ=1.53t\nimages=1\nunit=micron\n".withCString { description in
        var scale = unsafe ctiff_scale(
          across: 1 / pixelSize.x, down: 1 / pixelSize.y, description: description)
        return unsafe ctiff_write(
          samples, samples.count, width, height, bits, &scale, &out, &text)
      }
    }
  }
}
