/// A cell of 2 by 4 dots (Unicode U+2800...U+28FF).
struct Braille {
  /// All dots, row by row.
  static let places: [(x: Int, y: Int)] = (0..<4).flatMap { y in (0..<2).map { (x: $0, y: y) } }

  private var bits: UInt8 = 0

  /// Sets a dot, 0...1 from the left and 0...3 from the top.
  mutating func set(x: Int, y: Int) {
    let order: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]
    guard (0..<2).contains(x), (0..<4).contains(y) else { return }
    bits |= order[x * 4 + y]
  }

  /// Whether no dot is set.
  var isEmpty: Bool { bits == 0 }

  /// The character; a space where no dot is set.
  var character: Character {
    bits == 0 ? " " : Character(Unicode.Scalar(UInt32(0x2800) + UInt32(bits)) ?? " ")
  }
}
