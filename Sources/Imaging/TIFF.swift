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
    precondition(!image.values.isEmpty, "no pixels for \(image.width)x\(image.height)")
    let samples =
      bitDepth == 32
      ? Codec.bytes(of: image.values) : Codec.unsigned(image.values, bits: bitDepth)
    return unsafe Codec.written {
      unsafe ctiff_write(
        samples, samples.count, UInt32(image.width), UInt32(image.height), Int32(bitDepth), &$0,
        &$1)
    }
  }
}

/// An open TIFF: its pages one at a time.
///
/// The file is opened for reading only and never mapped, so that one that shrinks meanwhile is an
/// error rather than a crash.
@safe struct TIFFReader: ~Copyable {
  private let file: OpaquePointer
  private let name: String

  /// Opens the file at `path`, or a copy of `bytes` without one; `name` names it in errors.
  init(path: String? = nil, bytes: [UInt8] = [], name: String) throws(ImagingError) {
    var text = Codec.blankText
    guard let file = unsafe ctiff_open(path, bytes, bytes.count, &text) else {
      throw .damaged(file: name, reason: Codec.string(text))
    }
    unsafe self.file = file
    self.name = name
  }

  deinit { unsafe ctiff_close(file) }

  /// How many images the file holds.
  var pageCount: Int { unsafe Int(ctiff_pages(file)) }

  /// Size of a page, without decoding it.
  func header(page: Int) throws(ImagingError) -> ImageFile.Header {
    let info = try info(page: page)
    return (Int(info.width), Int(info.height), pageCount)
  }

  /// Decodes a page.
  func picture(page: Int) throws(ImagingError) -> RawPicture {
    var info = try info(page: page)
    let (width, height) = (Int(info.width), Int(info.height))
    let (channels, bits) = (Int(info.channels), Int(info.bits))
    let format = try format(of: info)
    try RawPicture.check(
      file: name, width: width, height: height, channels: channels, bits: bits,
      stored: Int(clamping: unsafe ctiff_stored_bytes(file)),
      ratio: Self.largestRatio(compression: Int(info.compression)))
    let color = try color(of: info)
    var samples = [UInt8](
      repeating: 0, count: width * height * channels * RawPicture.bytes(ofBits: bits))
    try Codec.read(name) { unsafe ctiff_read(file, &info, &samples, samples.count, &$0) }
    return RawPicture(
      width: width, height: height, channels: channels, bits: bits, format: format, color: color,
      isMinWhite: info.photometric == Photometric.minIsWhite.rawValue, samples: samples)
  }

  /// How a page says its samples are to be seen; others are not read.
  private enum Photometric: Int32 { case minIsWhite, minIsBlack, rgb, palette }

  private func info(page: Int) throws(ImagingError) -> ctiff_info {
    var info = ctiff_info()
    let number = Int32(exactly: page) ?? -1
    do {
      try Codec.read(name) { number < 0 ? -1 : unsafe ctiff_header(file, number, &info, &$0) }
    } catch {
      // Counted only now, for counting walks through all pages.
      let pages = pageCount
      guard (0..<pages).contains(page) else {
        throw .noSuchPage(file: name, page: page, pages: pages)
      }
      throw error
    }
    return info
  }

  private func format(of info: ctiff_info) throws(ImagingError) -> RawPicture.Format {
    let bits = Int(info.bits)
    guard let format = RawPicture.Format(rawValue: Int(info.format)) else {
      throw .unsupported(file: name, reason: "its samples are complex numbers")
    }
    let isRead =
      switch format {
      case .unsigned: (1...16).contains(bits) || bits == 32 || bits == 64
      case .signed: [8, 16, 32, 64].contains(bits)
      case .float: [16, 32, 64].contains(bits)
      }
    guard isRead else { throw .unsupported(file: name, reason: "\(bits) bits a sample") }
    return format
  }

  private func color(of info: ctiff_info) throws(ImagingError) -> RawPicture.Color {
    switch Photometric(rawValue: info.photometric) {
    case .minIsWhite, .minIsBlack: return .grey
    case .rgb where info.channels >= 3: return .rgb
    case .rgb: return .grey
    case .palette where info.bits <= 8: return .palette(try palette(bits: Int(info.bits)))
    case .palette, nil:
      throw .unsupported(file: name, reason: "photometric interpretation \(info.photometric)")
    }
  }

  /// The palette in 8 bits; one whose entries are all below 256 was written in 8 bits by mistake.
  private func palette(bits: Int) throws(ImagingError) -> [UInt8] {
    var entries = [UInt16](repeating: 0, count: 3 << bits)
    guard unsafe ctiff_palette(file, Int32(bits), &entries) == 0 else {
      throw .damaged(file: name, reason: "its palette is missing")
    }
    let isWide = entries.contains { $0 > 255 }
    return entries.map { UInt8(isWide ? $0 >> 8 : $0) }
  }

  /// How many times its stored bytes a page can hold, by compression; 0 where nobody can say.
  private static func largestRatio(compression: Int) -> Int {
    switch compression {
    case 1: 1
    case 5: 2731  // LZW: at most 4096 bytes a code of 12 bits
    case 8, 32946: 1032  // deflate
    case 32773: 64  // PackBits: 128 bytes from two
    default: 0
    }
  }
}
