/// Reads the pixels of a BMP that are written as run lengths, RLE8 and RLE4.
struct BMPRunLengths {
  private let bytes: [UInt8]
  private let form: BMPHeader
  private let file: String
  private var place: Int
  private var indices: [UInt8]
  /// The pixel that comes next, its row counted as the file does.
  private var (x, row) = (0, 0)

  /// The index of each pixel, from the top.
  ///
  /// - Throws: where runs leave a row, end too early, or leave pixels out: these would have no value.
  static func indices(
    _ bytes: [UInt8], form: BMPHeader, file: String
  ) throws(ImagingError) -> [UInt8] {
    var runs = BMPRunLengths(bytes, form: form, file: file)
    while try runs.takesRun() {}
    return runs.indices
  }

  private init(_ bytes: [UInt8], form: BMPHeader, file: String) {
    (self.bytes, self.form, self.file, place) = (bytes, form, file, form.offset)
    indices = Array(repeating: 0, count: form.width * form.height)
  }

  /// Takes a run or a command; false after the last.
  private mutating func takesRun() throws(ImagingError) -> Bool {
    // Whoever wrote the last pixel may leave out the mark for the end.
    if isWhole, bytes.count - place < 2 { return false }
    let (count, value) = (Int(try next()), try next())
    switch (count, value) {
    case (0, 0):
      guard x == form.width || isWhole else { throw hasGaps }
      if row < form.height { (x, row) = (0, row + 1) }
    case (0, 1):
      guard isWhole else { throw hasGaps }
      return false
    case (0, 2):
      throw hasGaps
    case (0, _):
      // Pixels as they are; what follows begins at an even place.
      let stored = form.bits == 8 ? Int(value) : (Int(value) + 1) / 2
      guard stored <= bytes.count - place else { throw endsEarly }
      try put(Int(value), from: bytes[place..<place + stored])
      place += stored + stored % 2
    default:
      try put(count, from: [value])
    }
    return true
  }

  /// Puts so many pixels, beginning again with the first where the stored ones are fewer.
  private mutating func put(_ count: Int, from stored: ArraySlice<UInt8>) throws(ImagingError) {
    guard row < form.height, x + count <= form.width else {
      throw .damaged(file: file, reason: "a run of pixels leaves its row")
    }
    let start = form.storedRow(row) * form.width + x
    for index in 0..<count {
      if form.bits == 8 {
        indices[start + index] = stored[stored.startIndex + index % stored.count]
      } else {
        let byte = stored[stored.startIndex + index / 2 % stored.count]
        indices[start + index] = index % 2 == 0 ? byte >> 4 : byte & 15
      }
    }
    x += count
  }

  private var isWhole: Bool { row == form.height || row == form.height - 1 && x == form.width }

  private var hasGaps: ImagingError {
    .unsupported(file: file, reason: "its run lengths leave pixels out")
  }

  private var endsEarly: ImagingError {
    .damaged(file: file, reason: "the file ends too early")
  }

  private mutating func next() throws(ImagingError) -> UInt8 {
    guard place < bytes.count else { throw endsEarly }
    defer { place += 1 }
    return bytes[place]
  }
}
