import Foundation
import Imaging

/// A folder that is removed when it is let go.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "aura-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, with the folders that lead to it.
  func write(_ data: Data, to path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Writes a small grey image.
  func image(_ path: String, width: Int = 6, height: Int = 4) throws {
    let values = (0..<width * height).map { Float($0 % 256) }
    let image = Image(width: width, height: height, bitDepth: 8, values: values)
    let isPNG = path.hasSuffix(".png")
    try write(isPNG ? PNG.encode(image) : TIFF.encode(image, bitDepth: 8), to: path)
  }

  /// Writes a mask with the first `area` pixels cell.
  func mask(_ path: String, area: Int = 5, width: Int = 6, height: Int = 4) throws {
    try write(MaskFile.encode(.leading(area, width: width, height: height)), to: path)
  }

  /// The paths of all files in the folder, sorted.
  var listing: [String] {
    let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return names.filter { !$0.hasSuffix("/") }.sorted()
  }
}

extension Mask {
  /// A mask whose first pixels are cell.
  static func leading(_ area: Int, width: Int = 6, height: Int = 4) -> Mask {
    var mask = Mask(width: width, height: height)
    mask.fill(0..<area, with: true)
    return mask
  }
}

/// Keeps this process from writing files longer than so many bytes; the signal for it is ignored, as
/// the program does.
func limitFileSize(to bytes: Int) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: .max)
  unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
