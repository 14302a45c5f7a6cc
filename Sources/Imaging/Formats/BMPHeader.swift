/// What the header of a BMP says: of Windows (40 to 124 bytes) or of OS/2 (12, 16, 64).
struct BMPHeader {
  let width: Int
  let height: Int
  /// Whether the first row of the file is the first of the picture.
  let isTopDown: Bool
  /// Bits a pixel: 1, 2, 4 or 8 for indices, 16, 24 or 32 for colours.
  let bits: Int
  /// Whether the indices are written as run lengths.
  let isRunLength: Bool
  /// Where the pixels begin in the file.
  let offset: Int
  /// Where the colours of more than 8 bits lie in a pixel.
  let (red, green, blue): (BMPColorMask, BMPColorMask, BMPColorMask)
  private let size: Int
  private let colorCount: Int

  /// Whether a file may be a BMP: it says so in two letters, and in a length that such headers have.
  static func begins(_ start: [UInt8]) -> Bool {
    guard start.starts(with: Array("BM".utf8)) else { return false }
    return start.count < 18 || sizes.contains(number(start, at: 14, bytes: 4))
  }

  /// Reads the header at the start of a file.
  init(_ bytes: [UInt8], file: String) throws(ImagingError) {
    func number(_ place: Int, _ count: Int = 4) -> Int {
      Self.number(bytes, at: place, bytes: count)
    }
    let size = number(14)
    guard bytes.count >= 18, Self.sizes.contains(size), bytes.count >= 14 + size else {
      throw .damaged(file: file, reason: "its header is cut short or of an unknown length")
    }
    self.size = size
    offset = number(10)
    let isShort = size == 12
    width = isShort ? number(18, 2) : Int(Int32(truncatingIfNeeded: number(18)))
    let rows = isShort ? number(20, 2) : Int(Int32(truncatingIfNeeded: number(22)))
    (height, isTopDown) = (abs(rows), rows < 0)
    let bits = isShort ? number(24, 2) : number(28, 2)
    self.bits = bits
    colorCount = size < 40 ? 0 : number(46)
    let packing = try Packing(size < 40 ? 0 : number(30), isOS2: size == 64, file: file)
    isRunLength = packing == .runs8 || packing == .runs4
    switch (packing, bits) {
    case (.plain, 16): (red, green, blue) = (.bits(10, 5), .bits(5, 5), .bits(0, 5))
    case (.plain, 1), (.plain, 2), (.plain, 4), (.plain, 8), (.plain, 24), (.plain, 32),
      (.runs8, 8), (.runs4, 4):
      (red, green, blue) = (.bits(16, 8), .bits(8, 8), .bits(0, 8))
    case (.masks, 16), (.masks, 32):
      guard bytes.count >= 66 else { throw .damaged(file: file, reason: "it has no colour masks") }
      red = try BMPColorMask(number(54), file: file)
      green = try BMPColorMask(number(58), file: file)
      blue = try BMPColorMask(number(62), file: file)
    default:
      throw .unsupported(file: file, reason: "it has \(bits) bits a pixel in an unusual packing")
    }
    guard width > 0, height > 0 else {
      throw .damaged(file: file, reason: "it says it is \(width)x\(height)")
    }
    guard offset >= 14 + size else {
      throw .damaged(file: file, reason: "its pixels begin within its header")
    }
  }

  /// Samples of a pixel.
  var channels: Int { bits <= 8 ? 1 : 3 }

  /// Bytes of a row in the file, unless it is of run lengths.
  var rowBytes: Int { (width * bits + 31) / 32 * 4 }

  /// Where a row of the picture stands among those of the file.
  func storedRow(_ y: Int) -> Int { isTopDown ? y : height - 1 - y }

  /// Refuses a size that is too large or that the file's `stored` bytes cannot hold.
  func check(stored: Int, file: String) throws(ImagingError) {
    try RawPicture.check(
      file: file, width: width, height: height, channels: channels, bits: 8, stored: 0, ratio: 0)
    let held = stored - offset
    // The padding of the last row may be missing; two bytes give a run of 255 pixels at most.
    let isWhole =
      isRunLength
      ? held > 0 && width * height <= (held / 2 + 1) * 255
      : held >= rowBytes * (height - 1) + (width * bits + 7) / 8
    guard isWhole else {
      throw .damaged(file: file, reason: "\(stored) bytes cannot hold \(width)x\(height) pixels")
    }
  }

  /// Red, green and blue of the indices that have a colour.
  func palette(_ bytes: [UInt8]) -> [UInt8] {
    let entry = size == 12 ? 3 : 4
    let most = 1 << bits
    let claimed = colorCount == 0 ? most : min(colorCount, most)
    let room = min(offset, bytes.count) - (14 + size)
    return (0..<min(claimed, room / entry)).flatMap { index in
      let place = 14 + size + index * entry
      return [bytes[place + 2], bytes[place + 1], bytes[place]]
    }
  }

  /// Whether a palette is all greys from black to white, in even steps.
  func isRamp(_ palette: [UInt8]) -> Bool {
    let last = 1 << bits - 1
    return palette.count == 3 * (last + 1)
      && palette.indices.allSatisfy { Int(palette[$0]) == ($0 / 3 * 255 + last / 2) / last }
  }

  private static let sizes: Set = [12, 16, 40, 52, 56, 64, 108, 124]

  private static func number(_ bytes: [UInt8], at place: Int, bytes count: Int) -> Int {
    bytes.dropFirst(place).prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// How pixels are written.
  private enum Packing {
    case plain, runs8, runs4, masks

    init(_ code: Int, isOS2: Bool, file: String) throws(ImagingError) {
      switch code {
      case 0: self = .plain
      case 1: self = .runs8
      case 2: self = .runs4
      case 3 where !isOS2, 6: self = .masks
      case 3: throw .unsupported(file: file, reason: "it is compressed as a fax")
      case 4 where isOS2: throw .unsupported(file: file, reason: "it has run lengths of colours")
      case 4: throw .unsupported(file: file, reason: "it holds a JPEG")
      case 5: throw .unsupported(file: file, reason: "it holds a PNG")
      default: throw .unsupported(file: file, reason: "its compression, \(code), is not known")
      }
    }
  }
}

/// Where one colour lies in a pixel: neighbouring bits, at most 8.
struct BMPColorMask {
  private let shift: UInt32
  private let most: UInt32

  /// `count` bits from the one at `shift`.
  static func bits(_ shift: UInt32, _ count: UInt32) -> BMPColorMask {
    BMPColorMask(shift: shift, most: 1 << count - 1)
  }

  private init(shift: UInt32, most: UInt32) { (self.shift, self.most) = (shift, most) }

  /// Takes a mask as the file has it.
  init(_ mask: Int, file: String) throws(ImagingError) {
    let mask = UInt32(truncatingIfNeeded: mask)
    shift = UInt32(mask.trailingZeroBitCount % 32)
    most = mask >> shift
    guard mask != 0, most <= 255, most & (most + 1) == 0 else {
      throw .unsupported(file: file, reason: "its colour masks are not of 1 to 8 bits side by side")
    }
  }

  /// The colour in 0...255, rounded down as Pillow does.
  func value(in pixel: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: (pixel >> shift & most) * 255 / most)
  }
}
