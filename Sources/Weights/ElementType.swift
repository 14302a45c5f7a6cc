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

  /// Whether weights come in this type.
  var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// Decodes one little-endian element.
  ///
  /// - Precondition: the type is one that weights come in.
  func float(_ bytes: Span<UInt8>, at index: Int) -> Float {
    precondition(isFloatingPoint, "\(rawValue) is no floating point type")
    var bits: UInt64 = 0
    for byte in 0..<size { bits |= UInt64(bytes[index * size + byte]) << (8 * byte) }
    return switch size {
    case 8: Float(Double(bitPattern: bits))
    case 4: Float(bitPattern: UInt32(bits))
    default:
      self == .float16
        ? Float(Float16(bitPattern: UInt16(bits))) : Float(bitPattern: UInt32(bits) << 16)
    }
  }

  /// Decodes little-endian elements; `nil` where the type is not one that weights come in.
  func floats(_ bytes: Span<UInt8>) -> [Float]? {
    switch self {
    case .float32:
      Self.decode(bytes, UInt32.self) { Float(bitPattern: $0) }
    case .float16:
      Self.decode(bytes, UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
      Self.decode(bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float64:
      Self.decode(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
    default: nil
    }
  }

  @inline(__always)
  private static func decode<Bits: FixedWidthInteger>(
    _ bytes: Span<UInt8>, _ type: Bits.Type, _ value: (Bits) -> Float
  ) -> [Float] {
    let size = Bits.bitWidth / 8
    var result = [Float](repeating: 0, count: bytes.count / size)
    for index in result.indices {
      var bits: Bits = 0
      for byte in 0..<size {
        bits |= Bits(truncatingIfNeeded: bytes[index * size + byte]) << (8 * byte)
      }
      result[index] = value(bits)
    }
    return result
  }
}
