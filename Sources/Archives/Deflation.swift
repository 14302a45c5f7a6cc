internal import CZlib

/// Packs bytes by deflation.
public enum Deflation {
  /// Packs bytes into a stream without a header (RFC 1951), as ZIP files have it.
  ///
  /// The same bytes give the same stream, with the same zlib.
  ///
  /// - Precondition: there are fewer than 2^32 bytes.
  public static func deflated(_ bytes: Span<UInt8>) -> [UInt8] {
    precondition(bytes.count < 1 << 32, "\(bytes.count) bytes")
    var stream = unsafe z_stream()
    let length = unsafe Int32(MemoryLayout<z_stream>.size)
    let beginning = unsafe deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      length)
    precondition(beginning == Z_OK, "zlib does not begin: \(beginning)")
    defer { _ = unsafe deflateEnd(&stream) }
    let most = unsafe Int(deflateBound(&stream, uLong(bytes.count)))
    precondition(most < 1 << 32, "\(bytes.count) bytes")
    return unsafe [UInt8](unsafeUninitializedCapacity: most) { packed, count in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        unsafe stream.avail_in = UInt32(bytes.count)
        unsafe stream.next_out = packed.baseAddress
        unsafe stream.avail_out = UInt32(packed.count)
        let status = unsafe deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END, "zlib does not end: \(status)")
      }
      count = unsafe packed.count - Int(stream.avail_out)
    }
  }
}
