/// An array of numbers that lies in a file or in memory, as pages of pixels.
struct NumPyArray {
  let type: NumPyType
  /// One page, or pages of one size.
  let pages: Int
  let height: Int
  let width: Int
  private let isFortran: Bool
  private let source: PictureBytes
  private let start: Int

  /// Takes an array whose values begin at a byte of `source`.
  ///
  /// - Throws: `ImagingError.unsupported` for another shape than (height, width) or (pages, height, width);
  ///   `.damaged` where the values go beyond the end.
  init(
    _ type: NumPyType, shape: [Int], isFortran: Bool, in source: PictureBytes, at start: Int
  ) throws(ImagingError) {
    guard shape.count == 2 || shape.count == 3 else {
      let text = shape.map(String.init).joined(separator: ", ")
      throw .unsupported(
        file: source.name, reason: "an array of shape (\(text))",
        advice: "masks are of shape (height, width) or (pages, height, width)")
    }
    pages = shape.count == 3 ? shape[0] : 1
    (height, width) = (shape[shape.count - 2], shape[shape.count - 1])
    (self.type, self.isFortran, self.source, self.start) = (type, isFortran, source, start)
    guard pages > 0, shape.allSatisfy({ $0 >= 0 }) else {
      throw .damaged(file: source.name, reason: "its array has no page")
    }
    try RawPicture.check(
      file: source.name, width: width, height: height, channels: 1, bits: type.bits, stored: 0,
      ratio: 0)
    let (count, isTooMuch) = pages.multipliedReportingOverflow(by: width * height * type.size)
    guard !isTooMuch, count <= source.count - start else {
      throw .damaged(
        file: source.name,
        reason: "\(source.count - start) bytes cannot hold \(pages) x \(height) x \(width) values")
    }
  }

  /// Decodes a page, counted from 0.
  func picture(page: Int) throws(ImagingError) -> RawPicture {
    guard (0..<pages).contains(page) else {
      throw .noSuchPage(file: source.name, page: page, pages: pages)
    }
    var samples = isFortran ? try columns(of: page) : try rows(of: page)
    if type.isBigEndian, type.size > 1 {
      for first in stride(from: 0, to: samples.count, by: type.size) {
        for index in 0..<type.size / 2 {
          samples.swapAt(first + index, first + type.size - 1 - index)
        }
      }
    }
    if type.isBoolean { samples = samples.map { $0 == 0 ? 0 : 1 } }
    return RawPicture(
      width: width, height: height, channels: 1, bits: type.bits, format: type.format,
      color: .grey, isMinWhite: false, samples: samples)
  }

  /// The bytes of a page whose rows lie one behind the other.
  private func rows(of page: Int) throws(ImagingError) -> [UInt8] {
    let count = width * height * type.size
    return try read(at: page * count, count)
  }

  /// The bytes of a page whose columns lie one behind the other, with those of the other pages in between.
  private func columns(of page: Int) throws(ImagingError) -> [UInt8] {
    let size = type.size
    var samples = [UInt8](repeating: 0, count: width * height * size)
    for x in 0..<width {
      let column = try read(at: x * height * pages * size, height * pages * size)
      for y in 0..<height {
        let (from, to) = ((y * pages + page) * size, (y * width + x) * size)
        for index in 0..<size { samples[to + index] = column[from + index] }
      }
    }
    return samples
  }

  private func read(at offset: Int, _ count: Int) throws(ImagingError) -> [UInt8] {
    let bytes = try source.read(at: start + offset, count: count)
    guard bytes.count == count else {
      throw .damaged(file: source.name, reason: "it has become shorter")
    }
    return bytes
  }
}
