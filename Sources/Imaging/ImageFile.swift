public import Foundation

/// Reads images from TIFF, PNG, JPEG and BMP files, by what they hold rather than by their names.
///
/// Files are opened for reading only. TIFF: 1 to 64 bits, whole numbers and floating point, strips and
/// tiles, whatever libtiff decompresses, big-endian, BigTIFF, MinIsWhite, palette, RGB chunky and planar;
/// pages, the planes of a stack and the samples of a pixel that are no colours are images. PNG: 1 to 16
/// bits, grey, RGB, palette, alpha (left aside), interlaced. At most 2^28 pixels (16384x16384) are read of
/// an image.
public enum ImageFile {
  /// Pixels in a row of a page, its rows, and how many pages there are.
  public typealias Header = (width: Int, height: Int, pages: Int)

  /// A colour that can be read alone from a picture of three.
  public enum Color: Int, CaseIterable, Sendable {
    case red, green, blue
  }

  /// Endings, in lower case and without the dot, by which a folder is searched.
  public static let extensions: Set<String> = [
    "png", "tif", "tiff", "btf", "tf8", "lsm", "stk", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib",
  ]

  /// What a file holds, by its headers: the planes that can be images, and what is said of them.
  ///
  /// Nothing is decoded, so that thousands of files are listed in a moment. What says here that it is an
  /// image may yet turn out to be damaged when it is read.
  ///
  /// - Throws: also for a sound TIFF of a form that is not read.
  public static func contents(of url: URL) throws(ImagingError) -> ImageContents {
    try contents(PictureBytes(of: url))
  }

  /// How many images the file holds.
  public static func pageCount(of url: URL) throws(ImagingError) -> Int { try header(url).pages }

  /// The size of a page, counted from 0 as in ``ImageContents/planes``, and how many there are, without
  /// decoding.
  public static func header(_ url: URL, page: Int = 0) throws(ImagingError) -> Header {
    let bytes = try PictureBytes(of: url)
    guard try format(of: bytes, page: page) == .tiff else {
      let contents = try contents(bytes)
      return (contents.width, contents.height, 1)
    }
    let layout = try TIFFLayout(bytes)
    let directory = try layout.place(ofPage: page).directory
    return (directory.width, directory.height, layout.places.count)
  }

  /// Decodes one image to grey, values in the scale of the file.
  ///
  /// Colour becomes grey as Pillow's `L`, but where two of its three never change the third alone counts;
  /// `color` takes one of the three, and changes nothing in a picture without colours. Where a float image
  /// holds NaN or infinity, its smallest finite value stands instead (``Image/missing``). Whole numbers beyond
  /// 2^24 are rounded to the nearest `Float`. Pages are counted from 0.
  ///
  /// - Throws: also for an image without a finite number.
  public static func read(
    _ url: URL, page: Int = 0, color: Color? = nil
  ) throws(ImagingError) -> Image {
    let picture = try picture(url, page: page)
    guard let color, picture.color == .rgb else {
      return try measured(picture, url.lastPathComponent)
    }
    return try measured(picture.only(color.rawValue), url.lastPathComponent)
  }

  /// Decodes one image from the bytes of a file; `name` names it in errors.
  public static func decode(
    _ data: Data, name: String, page: Int = 0
  ) throws(ImagingError) -> Image {
    try measured(picture(data, name: name, page: page), name)
  }

  /// A picture in grey, unless there is not a number in it.
  private static func measured(_ picture: RawPicture, _ name: String) throws(ImagingError) -> Image
  {
    let image = picture.grey()
    guard image.missing?.area != image.values.count else {
      throw .unreadable(file: name, reason: "it holds no number: every pixel is NaN or infinite")
    }
    return image
  }

  static func picture(_ url: URL, page: Int) throws(ImagingError) -> RawPicture {
    try picture(PictureBytes(of: url), page: page)
  }

  static func picture(_ data: Data, name: String, page: Int) throws(ImagingError) -> RawPicture {
    try picture(PictureBytes([UInt8](data), name: name), page: page)
  }

  static func contents(_ bytes: PictureBytes) throws(ImagingError) -> ImageContents {
    switch try format(of: bytes, page: 0) {
    case .png: return try PNG.contents(bytes)
    case .tiff: return try TIFFLayout(bytes).contents
    case .jpeg: return try JPEG.contents(bytes)
    case .bmp: return try BMP.contents(bytes)
    }
  }

  private static func picture(_ bytes: PictureBytes, page: Int) throws(ImagingError) -> RawPicture {
    switch try format(of: bytes, page: page) {
    case .png: return try PNG.decode(bytes.all(), file: bytes.name)
    case .tiff: return try TIFFReader(TIFFLayout(bytes)).picture(page: page)
    case .jpeg: return try JPEG.decode(bytes.all(), file: bytes.name)
    case .bmp: return try BMP.decode(bytes.all(), file: bytes.name)
    }
  }

  private static func format(
    of bytes: PictureBytes, page: Int
  ) throws(ImagingError) -> FileSignature {
    let start = try bytes.read(at: 0, count: FileSignature.byteCount)
    guard !start.isEmpty else { throw .unreadable(file: bytes.name, reason: "the file is empty") }
    return try FileSignature(
      Data(start), file: bytes.name, page: page, isTaken: bytes.isTaken)
  }
}
