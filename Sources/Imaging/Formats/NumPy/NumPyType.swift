/// What the values of a NumPy array are, by NumPy's code for it: `<u2`, `|b1`.
struct NumPyType: Equatable, Sendable {
  /// Whether they are true and false.
  let isBoolean: Bool
  /// How they are written, true and false as whole numbers.
  let format: RawPicture.Format
  /// Bits of a value.
  let bits: Int
  /// Whether the highest byte comes first.
  var isBigEndian: Bool

  /// Bytes of a value.
  var size: Int { bits / 8 }

  /// Nil for what is no number, or none of 8 to 64 bits.
  init?(_ code: String) {
    let order = code.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    let plain = order == nil ? code[...] : code.dropFirst()
    let formats: [Substring: (RawPicture.Format, Int)] = [
      "b1": (.unsigned, 8), "?": (.unsigned, 8), "u1": (.unsigned, 8), "u2": (.unsigned, 16),
      "u4": (.unsigned, 32), "u8": (.unsigned, 64), "i1": (.signed, 8), "i2": (.signed, 16),
      "i4": (.signed, 32), "i8": (.signed, 64), "f2": (.float, 16), "f4": (.float, 32),
      "f8": (.float, 64),
    ]
    guard let (format, bits) = formats[plain] else { return nil }
    (self.format, self.bits) = (format, bits)
    isBoolean = plain == "b1" || plain == "?"
    isBigEndian = order == ">"
  }

  /// What values are that are not read, in words.
  static func words(for code: String) -> String {
    let plain = code.drop { "<>|=".contains($0) }
    switch plain.first {
    case "c": return "complex numbers"
    case "S", "a", "U", "T": return "texts"
    case "O": return "Python objects"
    case "M", "m": return "times"
    case "V": return "records"
    case "f": return "floating-point numbers of \(plain.dropFirst()) bytes"
    default: return "of a type that is not known"
    }
  }
}
