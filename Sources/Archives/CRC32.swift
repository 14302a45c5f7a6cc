internal import CZlib

/// The checksum of ZIP files.
public enum CRC32 {
  /// The checksum of bytes, or of them behind others whose checksum is known.
  public static func checksum(_ bytes: Span<UInt8>, after start: UInt32 = 0) -> UInt32 {
    // zlib takes a null pointer as a request for the checksum of nothing, which is 0.
    guard !bytes.isEmpty else { return start }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      UInt32(unsafe crc32_z(uLong(start), bytes.baseAddress, bytes.count))
    }
  }
}
