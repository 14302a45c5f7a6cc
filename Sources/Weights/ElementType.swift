/// The number types that a safetensors file may hold.
enum ElementType: String {
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case uint16 = "U16"
  case int16 = "I16"
  case uint32 = "U32"
  case int32 = "I32"
  case uint64 = "U64"
  case int64 = "I64"
  case float8e5m2 = "F8_E5M2"
  case float8e4m3 = "F8_E4M3"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float32 = "F32"
  case float64 = "F64"

  /// Bytes of one element.
  var size: Int {
    switch self {
    case .bool, .uint8, .int8, .float8e5m2, .float8e4m3: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// Decodes little-endian elements, for each index below `count` the one at `place`; nil where the
  /// type is not one that weights come in.
  @inline(__always)
  func floats(_ bytes: Span<UInt8>, count: Int, at place: (Int) -> Int = { $0 }) -> [Float]? {
    switch self {
    case .float32:
      Self.decode(bytes, UInt32.self, count, place) { Float(bitPattern: $0) }
    case .float16:
      Self.decode(bytes, UInt16.self, count, place) { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
      Self.decode(bytes, UInt16.self, count, place) { Float(bitPattern: UInt32($0) << 16) }
    case .float64:
      Self.decode(bytes, UInt64.self, count, place) { Float(Double(bitPattern: $0)) }
    default: nil
    }
  }

  @inline(__always)
  private static func decode<Bits: FixedWidthInteger>(
    _ bytes: Span<UInt8>, _ type: Bits.Type, _ count: Int, _ place: (Int) -> Int,
    _ value: (Bits) -> Float
  ) -> [Float] {
    let size = Bits.bitWidth / 8
    var result = [Float](repeating: 0, count: count)
    for index in result.indices {
      let start = place(index) * size
      var bits: Bits = 0
      for byte in 0..<size { bits |= Bits(truncatingIfNeeded: bytes[start + byte]) << (8 * byte) }
      result[index] = value(bits)
    }
    return result
  }
}
