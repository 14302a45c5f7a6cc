import Foundation
import Imaging

/// Writes TIFF files of several pages, 8 bits a pixel, as ImageJ writes stacks.
enum TestTIFF {
  /// A stack whose description counts channels, the fastest of the axes, and frames.
  static func imageJ(_ pages: [Image], channels: Int = 1) -> Data {
    let text =
      "ImageJ=1.53t\nimages=\(pages.count)\nchannels=\(channels)\n"
      + "frames=\(pages.count / channels)\nhyperstack=true\n\0"
    return file(pages, description: Array(text.utf8))
  }

  /// Pages of which nothing is said.
  static func plain(_ pages: [Image]) -> Data { file(pages, description: []) }

  private static func file(_ pages: [Image], description: [UInt8]) -> Data {
    var data = Data([0x49, 0x49, 42, 0, 0, 0, 0, 0]) + description
    if data.count % 2 == 1 { data.append(0) }
    var link = 4
    for page in pages {
      let pixels = data.count
      data += page.values.map { UInt8(clamping: Int($0)) }
      if data.count % 2 == 1 { data.append(0) }
      var entries: [(tag: Int, type: Int, count: Int, value: Int)] = [
        (256, 3, 1, page.width), (257, 3, 1, page.height), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 1),
      ]
      if !description.isEmpty { entries.append((270, 2, description.count, 8)) }
      entries += [
        (273, 4, 1, pixels), (277, 3, 1, 1), (278, 3, 1, page.height),
        (279, 4, 1, page.width * page.height),
      ]
      let directory = data.count
      data.replaceSubrange(link..<link + 4, with: bytes(directory, 4))
      data += bytes(entries.count, 2)
      for entry in entries {
        data += bytes(entry.tag, 2) + bytes(entry.type, 2) + bytes(entry.count, 4)
        data += bytes(entry.value, 4)
      }
      link = data.count
      data += bytes(0, 4)
    }
    return data
  }

  private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
