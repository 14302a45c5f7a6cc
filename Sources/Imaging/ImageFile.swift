public import Foundation

/// Reads images from PNG and TIFF files, by what they hold rather than by their names.
///
/// Files are opened for reading only. PNG: 1 to 16 bits, grey, RGB, palette, alpha (left aside),
/// interlaced. TIFF: 1 to 64 bits, whole numbers and floating point, strips and tiles, whatever libtiff
/// decompresses, big-endian, BigTIFF, MinIsWhite, palette, RGB chunky and planar; a page is an image.
/// At most 2^28 samples (16384x16384 grey pixels) are read from a page.
public enum ImageFile {
  /// Pixels in a row of a page, its rows, and how many pages there are.
  public typealias Header = (width: Int, height: Int, pages: Int)

  /// Endings, in lower case and without the dot, by which a folder is searched.
  public static let extensions: Set<String> = ["png", "tif", "tiff", "btf", "tf8"]

  /// How many images the file holds: 1 for PNG, the pages of a TIFF.
  public static func pageCount(of url: URL) throws(ImagingError) -> Int { try header(url).pages }

  /// The size of a page, counted from 0, and how many there are, without decoding.
  public static func header(_ url: URL, page: Int = 0) throws(ImagingError) -> Header {
    let name = url.lastPathComponent
    switch try signature(of: url, page: page) {
    case .png:
      // Usually the first kilobytes hold all of it; a large colour profile may come first.
      let start = try bytes(of: url, count: 65536)
      if let header = try? PNG.header(start, file: name) { return header }
      return try PNG.header(try bytes(of: url), file: name)
    case .tiff:
      return try TIFFReader(path: url.path, name: name).header(page: page)
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
    guard try signature(of: url, page: page) == .tiff else {
      return try picture(try bytes(of: url), name: name, page: page)
    }
    return try TIFFReader(path: url.path, name: name).picture(page: page)
  }

  static func picture(_ data: Data, name: String, page: Int) throws(ImagingError) -> RawPicture {
    switch try FileSignature(data, file: name, page: page) {
    case .png: return try PNG.decode(data, file: name)
    case .tiff: return try TIFFReader(bytes: [UInt8](data), name: name).picture(page: page)
    }
  }

  private static func signature(of url: URL, page: Int) throws(ImagingError) -> FileSignature {
    let start = try bytes(of: url, count: 16)
    let name = url.lastPathComponent
    guard !start.isEmpty else { throw .unreadable(file: name, reason: "the file is empty") }
    return try FileSignature(start, file: name, page: page)
  }

  /// The first `count` bytes of a regular file, or all where there are fewer, with errors in this module's
  /// words.
  private static func bytes(of url: URL, count: Int = .max) throws(ImagingError) -> Data {
    let name = url.lastPathComponent
    do {
      // A pipe or a device would hang; a folder would give a riddle of an error.
      let target = url.resolvingSymlinksInPath()
      let kind = try FileManager.default.attributesOfItem(atPath: target.path)[.type]
      guard kind as? FileAttributeType == .typeRegular else {
        throw ImagingError.unreadable(file: name, reason: "it is not a regular file")
      }
      let handle = try FileHandle(forReadingFrom: target)
      defer { try? handle.close() }
      return try handle.read(upToCount: count) ?? Data()
    } catch let error as ImagingError {
      throw error
    } catch {
      throw .unreadable(file: name, reason: reason(for: error))
    }
  }

  private static func reason(for error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: "there is no such file"
    case .fileReadNoPermission: "permission denied"
    default: error.localizedDescription
    }
  }
}
