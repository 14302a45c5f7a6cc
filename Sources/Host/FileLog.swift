import Files
import Foundation
import Logging
import Project
import Recipes

/// Writes log lines to a file, each whole and at once: `time level text key=value`.
///
/// A log that cannot be written never stops the work.
struct FileLog: LogHandler {
  private let file: AppendedFile?
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  /// A file that has grown beyond this many bytes is begun anew.
  static let longest = 4 << 20

  /// Appends to a file, made with its folder if absent.
  init(_ file: URL) {
    let files = FileManager.default
    try? files.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let length = (try? files.attributesOfItem(atPath: file.path)[.size] as? Int) ?? nil
    if (length ?? 0) > Self.longest { _ = files.createFile(atPath: file.path, contents: nil) }
    self.file = try? AppendedFile(file)
  }

  /// Whether lines arrive somewhere.
  var isOpen: Bool { file != nil }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let values = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let time = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
    try? file?.append(Array("\(time) \(event.level) \(event.message)\(values)\n".utf8))
  }

  /// `aura/aura.log` in the XDG state folder.
  static func defaultFile(environment: [String: String]) -> URL {
    let home = environment["HOME"] ?? NSTemporaryDirectory()
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return URL(filePath: state ?? home + "/.local/state").appending(path: "aura/aura.log")
  }
}
