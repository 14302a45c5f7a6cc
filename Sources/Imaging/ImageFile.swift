public import Foundation

/// Reads images from PNG and TIFF files, by what they hold rather than by their names.
///
/// Files are opened for reading only. PNG: 1 to 16 bits, grey, RGB, palette, alpha (left aside),
/// interlaced. TIFF: 1 to 64 bits, whole numbers and floating point, strips and tiles, whatever libtiff
/// decompresses, big-endian, BigTIFF, MinIsWhite, palette, RGB chunky and planar; a page is an image.
/// At most 2^28 samples (16384x16384 grey pixels) are read from a page.
public enum ImageFile {
  /// Endings, in lower case and without the dot, by which a folder is searched.
  public static let extensions: Set<String> = ["png", "tif", "tiff", "btf", "tf8"]

  /// How many images the file holds: 1 for PNG, the pages of a TIFF.
  public static func pageCount(of url: URL) throws(ImagingError) -> Int {
    try header(url).pages
  }

  /// Size, depth and pages, without decoding; pages are counted from 0.
  public static func header(_ url: URL, page: Int = 0) throws(ImagingError) -> ImageHeader {
    let name = url.lastPathComponent
    switch try signature(of: url) {
    case .png:
      try requireOnePage(page, file: name)
      // Usually the first kilobytes hold all of it; a large colour profile may come first.
      let start = try FileBytes.prefix(65536, of: url)
      if let header = try? PNG.header(start, file: name) { return header }
      return try PNG.header(try FileBytes.all(of: url), file: name)
    case .tiff:
      let reader = try TIFFReader(path: url.path, name: name)
      return try reader.header(page: page)
    case let other:
      throw other.refusal(of: name)
    }
  }

  /// Decodes one image to grey, values in the scale of the file.
  ///
  /// Colour becomes grey as Pillow's `L`. Where a float image holds NaN or infinity, its smallest
  /// finite value stands instead. Whole numbers beyond 2^24 are rounded to the nearest `Float`. Pages
  /// are counted from 0.
  public static func read(_ url: URL, page: Int = 0) throws(ImagingError) -> Image {
    try picture(url, page: page).grey()
  }

  /// Decodes one image from the bytes of a file; `name` names it in errors.
  public static func decode(
    _ data: Data, name: String, page: Int = 0
  ) throws(ImagingError) -> Image {
    try picture(data, name: name, page: page).grey()
  }

  static func picture(_ url: URL, page: Int) throws(ImagingError) -> RawPicture {
    let name = url.lastPathComponent
    guard try signature(of: url) == .tiff else {
      return try picture(try FileBytes.all(of: url), name: name, page: page)
    }
    let reader = try TIFFReader(path: url.path, name: name)
    return try reader.picture(page: page)
  }

  static func picture(_ data: Data, name: String, page: Int) throws(ImagingError) -> RawPicture {
    switch FileSignature(data) {
    case .png:
      try requireOnePage(page, file: name)
      return try PNG.decode(data, file: name)
    case .tiff:
      return try TIFFReader.read([UInt8](data), name: name) { reader throws(ImagingError) in
        try reader.picture(page: page)
      }
    case let other:
      throw other.refusal(of: name)
    }
  }

  private static func signature(of url: URL) throws(ImagingError) -> FileSignature {
    let start = try FileBytes.prefix(16, of: url)
    guard !start.isEmpty else {
      throw .unreadable(file: url.lastPathComponent, reason: "the file is empty")
    }
    return FileSignature(start)
  }

  private static func requireOnePage(_ page: Int, file: String) throws(ImagingError) {
    guard page == 0 else { throw .noSuchPage(file: file, page: page, pages: 1) }
  }
}
