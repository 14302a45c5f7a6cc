/// How a TIFF is built: numbers in its byte order, and a chain of directories, one a page.
///
/// Read without libtiff, which takes a decoder's start and a walk from the first page for each look; it
/// decodes the pages whose places are found here.
struct TIFFStructure {
  /// A number, or an array of them, that a directory holds under a tag.
  struct Field {
    let tag: Int
    let type: Int
    let count: Int
    /// Where its bytes are in the file.
    let offset: Int
    /// Its first value, where that is a whole number which stands in the directory itself.
    let first: Int?
  }

  /// Pages that are counted at most; more are no picture but a chain that leads astray.
  static let largestPageCount = 1 << 20

  let bytes: PictureBytes
  let isBigEndian: Bool
  /// Whether offsets have 64 bits.
  let isBigTIFF: Bool
  private let first: Int

  /// Reads the header.
  init(_ bytes: PictureBytes) throws(ImagingError) {
    self.bytes = bytes
    let head = try bytes.read(at: 0, count: 16)
    guard head.count >= 8 else { throw .damaged(file: bytes.name, reason: "it has no header") }
    isBigEndian = head[0] == 0x4d
    isBigTIFF = head[isBigEndian ? 3 : 2] == 0x2b
    guard !isBigTIFF || head.count == 16 else {
      throw .damaged(file: bytes.name, reason: "it has no header")
    }
    first = Self.number(
      head, at: isBigTIFF ? 8 : 4, size: isBigTIFF ? 8 : 4, isBigEndian: isBigEndian)
  }

  /// The directories in their order, and whether their chain ends as it should.
  func directories() throws(ImagingError) -> (found: [TIFFDirectory], isWhole: Bool) {
    var found: [TIFFDirectory] = []
    var seen: Set<Int> = []
    var next = first
    // Directories that lie over each other would be more than the file.
    var room = bytes.count
    while next != 0 {
      guard found.count < Self.largestPageCount, room > 0, seen.insert(next).inserted,
        let (fields, after) = try fields(at: next),
        let directory = try TIFFDirectory(fields, at: next, in: self)
      else {
        guard !found.isEmpty else {
          throw .damaged(file: bytes.name, reason: "its first page is not described")
        }
        return (found, false)
      }
      found.append(directory)
      room -= fields.count * (isBigTIFF ? 20 : 12)
      next = after
    }
    guard !found.isEmpty else { throw .damaged(file: bytes.name, reason: "it has no page") }
    return (found, true)
  }

  /// The fields of the directory at an offset and where the next one is; nil where there is none.
  private func fields(at offset: Int) throws(ImagingError) -> (fields: [Field], next: Int)? {
    let (head, entry, word) = isBigTIFF ? (8, 20, 8) : (2, 12, 4)
    // Few directories have more fields: one look is enough.
    var block = try bytes.read(at: offset, count: head + 24 * entry + word)
    guard block.count >= head else { return nil }
    let count = number(block, at: 0, size: head)
    guard (1...4096).contains(count) else { return nil }
    let size = head + count * entry
    if block.count < size + word { block = try bytes.read(at: offset, count: size + word) }
    guard block.count >= size else { return nil }
    let fields = (0..<count).map { index in
      let place = head + index * entry
      let type = number(block, at: place + 2, size: 2)
      let values = number(block, at: place + 4, size: word)
      let inline = place + 4 + word
      let size = Self.size(ofType: type)
      let (length, overflows) = values.multipliedReportingOverflow(by: size)
      let isInline = !overflows && length <= word
      let isNumber = isInline && values > 0 && Self.isWhole(type)
      return Field(
        tag: number(block, at: place, size: 2), type: type, count: values,
        offset: isInline ? offset + inline : number(block, at: inline, size: word),
        first: isNumber ? number(block, at: inline, size: size) : nil)
    }
    // A chain that is cut off within its last word has no end.
    return (fields, block.count < size + word ? -1 : number(block, at: size, size: word))
  }

  /// The first whole number of a field; nil where it holds none.
  func integer(_ field: Field?) throws(ImagingError) -> Int? {
    guard let field, field.first == nil else { return field?.first }
    return try integers(field, limit: 1).first
  }

  /// The first `limit` whole numbers of a field; none where it holds others.
  func integers(_ field: Field, limit: Int) throws(ImagingError) -> [Int] {
    guard Self.isWhole(field.type) else { return [] }
    let size = Self.size(ofType: field.type)
    let data = try data(field, limit: min(max(limit, 0), field.count) * size)
    return stride(from: 0, to: data.count - size + 1, by: size)
      .map { number(data, at: $0, size: size) }
  }

  /// The first `limit` bytes of a field; fewer where the file ends.
  func data(_ field: Field, limit: Int) throws(ImagingError) -> [UInt8] {
    let (length, overflows) = field.count.multipliedReportingOverflow(
      by: Self.size(ofType: field.type))
    return try bytes.read(at: field.offset, count: overflows ? limit : min(length, limit))
  }

  /// A fraction of two whole numbers, or a floating-point number, more than 0; nil for any other.
  func fraction(_ field: Field) throws(ImagingError) -> Double? {
    let data = try data(field, limit: 8)
    let value: Double
    switch field.type {
    case 5 where data.count == 8:
      value = Double(number(data, at: 0, size: 4)) / Double(number(data, at: 4, size: 4))
    case 11 where data.count >= 4:
      value = Double(Float(bitPattern: UInt32(number(data, at: 0, size: 4))))
    case 12 where data.count == 8:
      let high = UInt64(number(data, at: isBigEndian ? 0 : 4, size: 4))
      value = Double(
        bitPattern: high << 32 | UInt64(number(data, at: isBigEndian ? 4 : 0, size: 4)))
    default: return nil
    }
    return value > 0 && value.isFinite ? value : nil
  }

  /// A whole number of `size` bytes; what no `Int` holds becomes the largest.
  func number(_ data: [UInt8], at offset: Int, size: Int) -> Int {
    Self.number(data, at: offset, size: size, isBigEndian: isBigEndian)
  }

  private static func number(
    _ data: [UInt8], at offset: Int, size: Int, isBigEndian: Bool
  ) -> Int {
    var value: UInt64 = 0
    for index in 0..<size {
      value = value << 8 | UInt64(data[offset + (isBigEndian ? index : size - 1 - index)])
    }
    return Int(clamping: value)
  }

  private static func isWhole(_ type: Int) -> Bool {
    type == 1 || type == 3 || type == 4 || type == 13 || type == 16 || type == 18
  }

  private static func size(ofType type: Int) -> Int {
    switch type {
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12, 16, 17, 18: 8
    default: 1
    }
  }
}
