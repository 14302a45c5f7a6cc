import Foundation

/// JPEG files put together by hand, of one grey block or of a header that lies.
enum HandMadeJPEG {
  /// A picture of middle grey, 8x8, whose components each lie in one scan; `scans` says which in which.
  static func grey(components: Int, scans: [[Int]]) -> Data {
    let data = scans.flatMap { scan in
      // A block is a difference of 0 and the end: two bits of 0, filled up with ones.
      self.scan(scan) + [UInt8(255 >> (2 * scan.count))]
    }
    return Data(tables + frame(components: components) + data + end)
  }

  /// A header, with the start of a scan and nothing in it.
  static func header(
    width: Int = 8, height: Int = 8, bits: UInt8 = 8, components: Int = 1, process: UInt8 = 0xc0
  ) -> Data {
    let frame = frame(
      width: width, height: height, bits: bits, components: components, process: process)
    return Data(tables + frame + scan(Array(0..<components)) + end)
  }

  private static let end: [UInt8] = [0xff, 0xd9]

  /// Divisors of 1, and codes of one bit for the only symbol 0.
  private static let tables: [UInt8] =
    [0xff, 0xd8, 0xff, 0xdb, 0, 67, 0] + Array(repeating: 1, count: 64)
    + [0x00, 0x10].flatMap { kind in
      [0xff, 0xc4, 0, 20, kind, 1] + Array(repeating: UInt8(0), count: 16)
    }

  private static func frame(
    width: Int = 8, height: Int = 8, bits: UInt8 = 8, components: Int, process: UInt8 = 0xc0
  ) -> [UInt8] {
    let size = [height >> 8, height & 255, width >> 8, width & 255].map(UInt8.init)
    let start = [0xff, process, 0, UInt8(8 + 3 * components), bits] + size + [UInt8(components)]
    return start + (0..<components).flatMap { [UInt8($0 + 1), 0x11, 0] }
  }

  private static func scan(_ components: [Int]) -> [UInt8] {
    let start: [UInt8] = [0xff, 0xda, 0, UInt8(6 + 2 * components.count), UInt8(components.count)]
    return start + components.flatMap { [UInt8($0 + 1), 0] } + [0, 63, 0]
  }
}
