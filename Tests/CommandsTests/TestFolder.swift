import Foundation
import Imaging

/// A folder that is removed when it is let go.
final class TestFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "aura-commands-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in the folder.
  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, with the folders that lead to it.
  func write(_ data: Data, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Reads a file.
  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  /// Writes a small grey image.
  func image(_ name: String) throws {
    let values = (0..<24).map { Float($0) }
    try write(PNG.encode(Image(width: 6, height: 4, bitDepth: 8, values: values)), to: name)
  }

  /// Writes a mask with the first `area` of 24 pixels cell.
  func mask(_ name: String, area: Int) throws {
    try write(MaskFile.encode(Self.mask(area)), to: name)
  }

  /// A mask of 6x4 whose first pixels are cell.
  static func mask(_ area: Int) -> Mask {
    var mask = Mask(width: 6, height: 4)
    mask.fill(0..<area, with: true)
    return mask
  }

  /// Images `1.png` and on with masks of growing area, and `split.csv`, which tests on the last.
  func labelled(_ count: Int, area: Int) throws {
    var table = "image,split\n"
    for number in 1...count {
      try image("images/\(number).png")
      try mask("masks/\(number).png", area: area * number)
      table += "\(number),\(number == count ? "test" : "train")\n"
    }
    try write(Data(table.utf8), to: "split.csv")
  }
}
