import Foundation
@testable import Imaging

/// TIFF files put together byte by byte: forms that this project does not write, and lies.
struct HandMadeTIFF {
  /// What a tag holds.
  enum Value {
    case shorts([Int]), longs([Int]), text(String), bytes([UInt8]), fraction(Int, Int)

    var type: Int {
      switch self {
      case .bytes: 1
      case .text: 2
      case .shorts: 3
      case .longs: 4
      case .fraction: 5
      }
    }

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .text(let text): text.utf8.count + 1
      case .shorts(let numbers), .longs(let numbers): numbers.count
      case .fraction: 1
      }
    }
  }

  /// A page: its tags beyond the usual ones, or in their place, its pixels as they are stored, and what lies
  /// right behind them.
  struct Page {
    var width: Int
    var height: Int
    var bits = 8
    var tags: [Int: Value] = [:]
    var pixels: [UInt8]
    var behind: [UInt8] = []

    /// Grey of 8 bits that counts up from a number.
    static func grey(
      _ width: Int, _ height: Int, from start: Int = 0, _ tags: [Int: Value] = [:]
    ) -> Page {
      Page(
        width: width, height: height, tags: tags,
        pixels: (0..<width * height).map { UInt8((start + $0) % 256) })
    }
  }

  var pages: [Page]
  var isBigEndian = false
  var isBigTIFF = false
  /// Where the last directory says that the next one is.
  var last = 0

  init(_ pages: Page..., isBigEndian: Bool = false, isBigTIFF: Bool = false, last: Int = 0) {
    (self.pages, self.last) = (pages, last)
    (self.isBigEndian, self.isBigTIFF) = (isBigEndian, isBigTIFF)
  }

  /// What the headers say of the file.
  func contents(name: String = "x.tif") throws(ImagingError) -> ImageContents {
    try ImageFile.contents(PictureBytes([UInt8](data), name: name))
  }

  /// The values of a plane.
  func values(_ page: Int) throws(ImagingError) -> [Float] {
    try ImageFile.decode(data, name: "x.tif", page: page).values
  }

  /// The file: of each page its pixels, then what does not fit into the directory, then the directory.
  var data: Data {
    var bytes: [UInt8] = isBigEndian ? [0x4d, 0x4d] : [0x49, 0x49]
    bytes += number(isBigTIFF ? 43 : 42, 2)
    if isBigTIFF { bytes += number(8, 2) + number(0, 2) }
    var link = bytes.count
    bytes += number(0, word)
    for page in pages {
      let pixels = bytes.count
      bytes += page.pixels + page.behind
      if bytes.count % 2 == 1 { bytes.append(0) }
      var tags: [Int: Value] = [
        256: .longs([page.width]), 257: .longs([page.height]), 258: .shorts([page.bits]),
        259: .shorts([1]), 262: .shorts([1]), 273: .longs([pixels]), 277: .shorts([1]),
        278: .longs([page.height]), 279: .longs([page.pixels.count]),
      ]
      tags.merge(page.tags) { $1 }
      let entries = tags.sorted { $0.key < $1.key }.map { entry($0.key, $0.value, &bytes) }
      bytes.replaceSubrange(link..<link + word, with: number(bytes.count, word))
      bytes += number(entries.count, isBigTIFF ? 8 : 2) + entries.joined()
      link = bytes.count
      bytes += number(last, word)
    }
    return Data(bytes)
  }

  private var word: Int { isBigTIFF ? 8 : 4 }

  private func entry(_ tag: Int, _ value: Value, _ bytes: inout [UInt8]) -> [UInt8] {
    var body: [UInt8]
    switch value {
    case .bytes(let plain): body = plain
    case .text(let text): body = Array(text.utf8) + [0]
    case .shorts(let numbers): body = numbers.flatMap { number($0, 2) }
    case .longs(let numbers): body = numbers.flatMap { number($0, 4) }
    case .fraction(let above, let below): body = number(above, 4) + number(below, 4)
    }
    let head = number(tag, 2) + number(value.type, 2) + number(value.count, word)
    guard body.count > word else {
      return head + body + [UInt8](repeating: 0, count: word - body.count)
    }
    let place = bytes.count
    bytes += body
    if bytes.count % 2 == 1 { bytes.append(0) }
    return head + number(place, word)
  }

  private func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(value >> (8 * (isBigEndian ? size - 1 - $0 : $0)) & 255) }
  }
}
