import Foundation

/// A message in the wire format of Protocol Buffers, as bytes to which fields are added.
///
/// Each field is a key, `number << 3 | wire type`, and its value (https://protobuf.dev/programming-guides/encoding).
/// Kept by hand: swift-protobuf would bring its runtime and thousands of generated lines for the nine kinds of
/// messages that a network needs, which are only ever written; none of the libraries for ONNX in Swift is kept up.
struct ProtobufMessage: Equatable {
  /// The bytes one behind the other; a large value is a piece of its own and is never copied.
  private(set) var pieces: [Data] = []

  /// Values of more bytes than this are not copied.
  private static let small = 4096

  /// How many bytes it has.
  var count: Int { pieces.reduce(0) { $0 + $1.count } }

  /// Adds a whole number.
  mutating func add(_ field: Int, _ number: Int) {
    add(varint: field << 3)
    add(varint: number)
  }

  /// Adds a number of 32 bits with a fraction.
  mutating func add(_ field: Int, _ number: Float) {
    add(varint: field << 3 | 5)
    append(number.bitPattern.littleEndianBytes)
  }

  /// Adds bytes.
  mutating func add(_ field: Int, _ bytes: Data) {
    begin(field, bytes.count)
    append(bytes)
  }

  /// Adds a text.
  mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }

  /// Adds a message within this one.
  mutating func add(_ field: Int, _ message: ProtobufMessage) {
    begin(field, message.count)
    for piece in message.pieces { append(piece) }
  }

  /// The key and the length of what follows.
  private mutating func begin(_ field: Int, _ count: Int) {
    add(varint: field << 3 | 2)
    add(varint: count)
  }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func add(varint number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    var bytes = Data()
    while rest > 0x7f {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
    append(bytes)
  }

  private mutating func append(_ bytes: Data) {
    if let last = pieces.last, last.count + bytes.count <= Self.small {
      pieces[pieces.count - 1].append(bytes)
    } else {
      pieces.append(bytes)
    }
  }
}

extension FixedWidthInteger {
  /// Its bytes, the lowest first.
  var littleEndianBytes: Data {
    Data((0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) })
  }
}
