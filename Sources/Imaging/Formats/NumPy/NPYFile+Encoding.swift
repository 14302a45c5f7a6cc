public import Foundation

extension NPYFile {
  /// The bytes of a file of an array of floats, whose last extent runs fastest.
  ///
  /// Version 1.0 of the format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
  ///
  /// - Precondition: there is an extent, and there are as many values as the shape holds.
  public static func encode(_ values: [Float], shape: [Int]) -> Data {
    precondition(
      !shape.isEmpty && values.count == shape.reduce(1, *), "\(values.count) values for \(shape)")
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    let fields = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    // With the ten bytes in front of it, and the end of the line, the header is a multiple of 64.
    let blanks = 63 - (10 + fields.utf8.count) % 64
    let header = fields + String(repeating: " ", count: blanks) + "\n"
    let length = header.utf8.count
    var data = Data(NPYHeader.magic + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)])
    data.append(contentsOf: header.utf8)
    data.reserveCapacity(data.count + 4 * values.count)
    for value in values {
      let bits = value.bitPattern
      for byte in 0..<4 { data.append(UInt8(truncatingIfNeeded: bits >> (8 * byte))) }
    }
    return data
  }
}
