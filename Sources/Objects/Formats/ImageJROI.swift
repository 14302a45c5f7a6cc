import Archives
import Foundation
import Imaging

extension CellFormat {
  /// The outlines of an image's cells as ROIs of ImageJ.
  static let imageJROI = CellFormat(
    "imagej-roi", "ROIs named by the cells' numbers, in a ZIP file: ROI Manager of ImageJ and Fiji",
    file: "-rois.zip",
    .each(ImageJROI.encode))
}

/// Writes ROIs that ImageJ fills with just the pixels of their cells, as its `RoiEncoder` documents the format.
///
/// A cell of one piece without a hole is a traced outline of whole numbers, as the wand draws it; any other is a
/// composite of all its rings, of which ImageJ fills what lies within an odd number.
enum ImageJROI {
  /// The longest side whose corners all are whole as single floats, and that the reader of ROIs takes.
  static let longestSide = 9_999_999
  /// The largest coordinate of two bytes: ImageJ takes those above for negative ones.
  private static let largestShort = 60_535

  private enum Kind: Int {
    case composite = 1
    case traced = 8
  }

  static func encode(_ exported: ExportedCells) throws(ExportError) -> Data {
    let cells = exported.cells
    guard max(cells.width, cells.height) <= longestSide else {
      throw .tooLarge(image: exported.image, format: "imagej-roi", most: longestSide)
    }
    let outlines = cells.outlines
    guard outlines.count <= ZipArchive.mostEntries else {
      throw .tooManyCells(
        image: exported.image, count: outlines.count, most: ZipArchive.mostEntries)
    }
    return ZipArchive.packed(
      outlines.map { ("\($0.label).roi", bytes(of: $0)) })
  }

  /// The file of one ROI.
  static func bytes(of outline: CellOutline) -> [UInt8] {
    let rings = outline.rings
    let corners = rings.flatMap(\.self)
    let (columns, rows) = (corners.map(\.x), corners.map(\.y))
    let (left, right) = (columns.min() ?? 0, columns.max() ?? 0)
    let (top, bottom) = (rows.min() ?? 0, rows.max() ?? 0)
    let isTraced =
      rings.count == 1 && corners.count <= 0xffff
      && max(right, bottom) <= largestShort
    let coordinates =
      isTraced
      ? shorts(columns.map { $0 - left } + rows.map { $0 - top }) : path(along: rings)
    let name = Array("\(outline.label)".utf16)
    var bytes = BigEndianBytes()
    bytes.put("Iout")
    bytes.put(227, 2)
    bytes.put(isTraced ? Kind.traced.rawValue : Kind.composite.rawValue, 1)
    bytes.put(0, 1)
    // ImageJ takes the box of a composite from its path.
    for side in [top, left, bottom, right] { bytes.put(min(side, largestShort), 2) }
    bytes.put(isTraced ? corners.count : 0, 2)
    bytes.put(0, 18)
    bytes.put(isTraced ? 0 : coordinates.count / 4, 4)
    bytes.put(0, 20)
    bytes.put(64 + coordinates.count, 4)
    bytes.put(coordinates)
    // The second header, which says where the name is.
    bytes.put(0, 16)
    bytes.put(64 + coordinates.count + 64, 4)
    bytes.put(name.count, 4)
    bytes.put(0, 40)
    for unit in name { bytes.put(Int(unit), 2) }
    return bytes.bytes
  }

  private static func shorts(_ numbers: [Int]) -> [UInt8] {
    var bytes = BigEndianBytes()
    for number in numbers { bytes.put(number, 2) }
    return bytes.bytes
  }

  /// A path of single floats: each piece's kind, then its point.
  private static func path(along rings: [CellOutline.Ring]) -> [UInt8] {
    var bytes = BigEndianBytes()
    for ring in rings {
      for (place, corner) in ring.enumerated() {
        for number in [place == 0 ? 0 : 1, corner.x, corner.y] { bytes.put(float: Float(number)) }
      }
      bytes.put(float: 4)
    }
    return bytes.bytes
  }
}

/// Bytes of a file whose numbers have the highest byte first.
private struct BigEndianBytes {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ text: String) { bytes += text.utf8 }

  mutating func put(_ more: [UInt8]) { bytes += more }

  /// A number of so many bytes.
  mutating func put(_ number: Int, _ count: Int) {
    for place in (0..<count).reversed() {
      bytes.append(place < 8 ? UInt8(truncatingIfNeeded: number >> (8 * place)) : 0)
    }
  }

  mutating func put(float: Float) { put(Int(float.bitPattern), 4) }
}
