/// JSON as it is written out by hand, where `JSONEncoder` takes too long.
struct JSONText {
  var bytes: [UInt8]

  init(_ start: String) { bytes = Array(start.utf8) }

  /// Adds text as it is.
  mutating func add(_ text: String) { bytes += text.utf8 }

  /// Adds a number that is not negative.
  mutating func add(_ number: Int) {
    // Eight digits at a time, the last one in the highest byte: runs of a large picture are a million digits.
    var (rest, digits, count) = (number, UInt64(0), 0)
    repeat {
      digits = digits << 8 | UInt64(UInt8(ascii: "0")) + UInt64(rest % 10)
      rest /= 10
      count += 1
    } while rest > 0 && count < 8
    if rest > 0 { add(rest) }
    for _ in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: digits))
      digits >>= 8
    }
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
