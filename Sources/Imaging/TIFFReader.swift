internal import CCodecs
import Foundation

/// An open TIFF: its pages one at a time.
///
/// The file is opened for reading only and never mapped, so that one that shrinks meanwhile is an
/// error rather than a crash.
@safe struct TIFFReader: ~Copyable {
  private let file: OpaquePointer
  private let name: String

  /// Opens the file at `path`; `name` names it in errors.
  init(path: String, name: String) throws(ImagingError) {
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    guard let file = unsafe ctiff_open_path(path, &text) else {
      throw .damaged(file: name, reason: SampleBytes.string(text))
    }
    unsafe self.file = file
    self.name = name
  }

  /// Lends a reader of bytes in memory.
  static func read<Result>(
    _ bytes: [UInt8], name: String,
    _ body: (borrowing TIFFReader) throws(ImagingError) -> Result
  ) throws(ImagingError) -> Result {
    var outcome: Swift.Result<Result, ImagingError>?
    unsafe bytes.withUnsafeBufferPointer { buffer in
      outcome = Swift.Result { () throws(ImagingError) -> Result in
        var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
        guard let file = unsafe ctiff_open_memory(buffer.baseAddress, buffer.count, &text) else {
          throw .damaged(file: name, reason: SampleBytes.string(text))
        }
        return try body(unsafe TIFFReader(file: file, name: name))
      }
    }
    guard let outcome else { throw .damaged(file: name, reason: "it was not opened") }
    return try outcome.get()
  }

  private init(file: OpaquePointer, name: String) {
    unsafe self.file = file
    self.name = name
  }

  deinit { unsafe ctiff_close(file) }

  /// How many images the file holds.
  var pageCount: Int { unsafe Int(ctiff_pages(file)) }

  /// Size and depth of a page, without decoding it.
  func header(page: Int) throws(ImagingError) -> ImageHeader {
    let info = try info(page: page)
    return ImageHeader(
      width: Int(info.width), height: Int(info.height), bitDepth: Int(info.bits),
      channels: Int(info.channels), isFloat: info.format == 3,
      isPalette: info.photometric == Photometric.palette.rawValue, pages: pageCount)
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
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    var samples = [UInt8](
      repeating: 0, count: width * height * channels * RawPicture.bytes(ofBits: bits))
    guard unsafe ctiff_read(file, &info, &samples, samples.count, &text) == 0 else {
      throw .damaged(file: name, reason: SampleBytes.string(text))
    }
    return RawPicture(
      width: width, height: height, channels: channels, bits: bits, format: format, color: color,
      isMinWhite: info.photometric == Photometric.minIsWhite.rawValue, samples: samples)
  }

  /// How a page says its samples are to be seen; others are not read.
  private enum Photometric: Int32 { case minIsWhite, minIsBlack, rgb, palette }

  private func info(page: Int) throws(ImagingError) -> ctiff_info {
    var info = ctiff_info()
    var text = [CChar](repeating: 0, count: Int(CCODECS_ERROR_SIZE))
    let number = Int32(exactly: page) ?? -1
    guard number >= 0, unsafe ctiff_header(file, number, &info, &text) == 0 else {
      // Counted only now, for counting walks through all pages.
      let pages = pageCount
      if !(0..<pages).contains(page) {
        throw .noSuchPage(file: name, page: page, pages: pages)
      }
      throw .damaged(file: name, reason: SampleBytes.string(text))
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
    var entries: [UInt16] = []
    for index in 0..<(1 << bits) {
      var rgb: (UInt16, UInt16, UInt16) = (0, 0, 0)
      let found = unsafe withUnsafeMutablePointer(to: &rgb) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt16.self, capacity: 3) {
          unsafe ctiff_palette(file, Int32(bits), Int32(index), $0)
        }
      }
      guard found == 0 else { throw .damaged(file: name, reason: "its palette is missing") }
      entries += [rgb.0, rgb.1, rgb.2]
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
