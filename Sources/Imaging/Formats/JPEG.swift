internal import CCodecs
import Foundation

/// Reads JPEG files, baseline and progressive, 8 bits a sample, grey or colour.
///
/// libjpeg behind a function in C: it fails by `longjmp`, which Swift must not cross. Rows are as they are
/// stored: an orientation in the EXIF part is left aside, as ImageJ and Pillow do, so that masks which other
/// programs drew lie over their images.
enum JPEG {
  /// Decodes a whole file; `file` names it in errors.
  static func decode(_ data: Data, file: String) throws(ImagingError) -> RawPicture {
    var samples: [UInt8] = []
    let info = try read(data, file: file, into: &samples)
    let (width, height, channels) = (Int(info.width), Int(info.height), Int(info.channels))
    try RawPicture.check(
      file: file, width: width, height: height, channels: channels, bits: 8, stored: data.count,
      ratio: 0)
    guard info.least_bytes <= data.count else {
      throw .damaged(
        file: file, reason: "\(data.count) bytes cannot hold \(width)x\(height) pixels")
    }
    samples = Array(repeating: 0, count: width * height * channels)
    _ = try read(data, file: file, into: &samples)
    return RawPicture(
      width: width, height: height, channels: channels, bits: 8, format: .unsigned,
      color: channels == 1 ? .grey : .rgb, isMinWhite: false, samples: samples)
  }

  /// What the header says, without decoding.
  static func contents(_ bytes: PictureBytes) throws(ImagingError) -> ImageContents {
    var nothing: [UInt8] = []
    // Usually the first kilobytes hold it; a large profile or preview may come first.
    let start = Data(try bytes.read(at: 0, count: 65536))
    var info: cjpeg_info
    do {
      info = try read(start, file: bytes.name, into: &nothing)
    } catch {
      info = try read(bytes.all(), file: bytes.name, into: &nothing)
    }
    var contents = ImageContents(width: Int(info.width), height: Int(info.height), bits: 8)
    contents.isColor = info.channels == 3
    contents.isLossy = true
    return contents
  }

  /// Reads the header, and the samples where there is room for them.
  private static func read(
    _ data: Data, file: String, into samples: inout [UInt8]
  ) throws(ImagingError) -> cjpeg_info {
    var info = cjpeg_info()
    do {
      try Codec.read(file) { text in
        unsafe data.withUnsafeBytes { bytes in
          unsafe cjpeg_read(
            bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &samples,
            samples.count, &info, &text)
        }
      }
    } catch {
      // A sound file of a form that is not read is never called damaged.
      guard info.is_unsupported != 0, case .damaged(_, let reason) = error else { throw error }
      throw .unsupported(file: file, reason: reason)
    }
    return info
  }
}
