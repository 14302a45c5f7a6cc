/// JSON as it is written out by hand, where `JSONEncoder` takes too long.
struct JSONText {
  var bytes: [UInt8]

  init(_ start: String) { bytes = Array(start.utf8) }

  /// Adds text as it is.
  mutating func add(_ text: String) { bytes += text.utf8 }

  /// Adds a number that is not negative.
  mutating func add(_ number: Int) {
    let (high, low) = UInt64(number).quotientAndRemainder(dividingBy: 100_000_000)
    let digits = Self.digits(of: low)
    guard high == 0 else {
      add(Int(high))
      return add(digits: digits, count: 8)
    }
    let zeros = min(digits.trailingZeroBitCount / 8, 7)
    add(digits: digits >> UInt64(8 * zeros), count: 8 - zeros)
  }

  /// Adds digits, the first one in the lowest byte.
  private mutating func add(digits: UInt64, count: Int) {
    var text = digits | 0x3030_3030_3030_3030
    for _ in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: text))
      text >>= 8
    }
  }

  /// The eight digits of a number below 100,000,000, a byte each, the first one in the lowest.
  ///
  /// Halved at once into fours, twos and ones, where a division a digit is most of what a large picture's runs take:
  /// `n * 10486 >> 20` is `n / 100` up to 9,999, and `n * 103 >> 10` is `n / 10` up to 99.
  private static func digits(of number: UInt64) -> UInt64 {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (twos &- tens &* 10) << 8
  }

  /// Adds runs of pixels, each as its start and its length.
  mutating func add(_ runs: [Range<Int>]) {
    add(listOf: runs) { text, run in
      text.bytes.append(UInt8(ascii: "["))
      text.add(run.lowerBound)
      text.bytes.append(UInt8(ascii: ","))
      text.add(run.count)
      text.bytes.append(UInt8(ascii: "]"))
    }
  }

  /// Adds a list of what `add` writes of each element.
  mutating func add<Element>(listOf elements: [Element], _ add: (inout JSONText, Element) -> Void) {
    bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      add(&self, element)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}
