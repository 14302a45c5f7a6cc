internal import CZlib

/// Unpacks deflated bytes.
public enum Inflation {
  /// More than this many times its packed bytes nothing holds that is deflated.
  static let largestRatio = 1032

  /// Unpacks a stream without a header (RFC 1951), as ZIP files have it.
  ///
  /// - Returns: `size` bytes; nil where the stream is damaged, or holds fewer or more.
  /// - Precondition: both counts are below 2^32.
  public static func inflated(_ packed: Span<UInt8>, size: Int) -> [UInt8]? {
    precondition(packed.count < 1 << 32 && size < (1 << 32) - 1, "\(packed.count) bytes, \(size)")
    var stream = unsafe z_stream()
    let length = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, length) == Z_OK else {
      return nil
    }
    defer { _ = unsafe inflateEnd(&stream) }
    // A stream that is longer than it should be fills the one byte more.
    var bytes = [UInt8](repeating: 0, count: size + 1)
    let status = unsafe packed.withUnsafeBufferPointer { packed in
      unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        unsafe stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
        unsafe stream.avail_in = UInt32(packed.count)
        unsafe stream.next_out = bytes.baseAddress
        unsafe stream.avail_out = UInt32(bytes.count)
        return unsafe inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, unsafe stream.avail_in == 0, unsafe stream.avail_out == 1 else {
      return nil
    }
    bytes.removeLast()
    return bytes
  }
}
