import CZlib

/// The checksum of ZIP files.
enum CRC32 {
  /// The checksum of bytes.
  static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      // zlib takes a null pointer as a request for the checksum of nothing, which is 0.
      UInt32(unsafe crc32_z(0, bytes.baseAddress, bytes.count))
    }
  }
}
