import Foundation

/// A folder that is removed when it is let go.
final class TestFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "aura-comparison-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// What is in the files that lie in it, by their names.
  func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      texts[name] = try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }
    return texts
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
