import Foundation

/// Writes the bytes of a ROI by hand, as ImageJ's `RoiDecoder` documents them.
struct HandMadeROI {
  var version = 228
  var kind = 1
  /// Top, left, bottom, right.
  var box = [2, 3, 7, 10]
  /// The number of coordinates.
  var count = 0
  /// Four numbers behind it: a line's ends, or a box with fractions.
  var floats: [Float] = [0, 0, 0, 0]
  var pathSize = 0
  var subkind = 0
  var options = 0
  var corner = 0
  var index = 0
  /// What follows the header: whole coordinates, then those with fractions, or a path.
  var shorts: [Int] = []
  var fractions: [Float] = []
  /// Channel, slice and frame; nil for a file of the time before there was a second header.
  var place: [Int]?
  var name: String?

  var data: Data {
    var bytes = Array("Iout".utf8) + big(version, 2) + [UInt8(kind), 0]
    bytes += box.flatMap { big($0, 2) } + big(count, 2) + floats.flatMap { big($0) } + big(0, 2)
    bytes += big(pathSize, 4) + big(0, 8) + big(subkind, 2) + big(options, 2) + big(0, 2)
    bytes += big(corner, 2) + big(index, 4)
    let body = shorts.flatMap { big($0, 2) } + fractions.flatMap { big($0) }
    guard let place else { return Data(bytes + big(0, 4) + body) }
    let header = 64 + body.count
    bytes += big(header, 4) + body + big(0, 4) + place.flatMap { big($0, 4) }
    let units = Array((name ?? "").utf16)
    bytes += big(units.isEmpty ? 0 : header + 64, 4) + big(units.count, 4) + big(0, 40)
    return Data(bytes + units.flatMap { big(Int($0), 2) })
  }

  private func big(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  private func big(_ value: Float) -> [UInt8] { big(Int(value.bitPattern), 4) }
}
