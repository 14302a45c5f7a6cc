public import Foundation

/// Texts that others wrote.
public enum TextFile {
  /// The text of a file in UTF-8, without the mark that some programs put before it.
  ///
  /// - Throws: `FileError.missing`, or `FileError.unreadable` with the first line that is none.
  public static func read(_ file: URL) throws(FileError) -> String {
    var data: Data
    do {
      data = try Data(contentsOf: file)
    } catch {
      throw .foundation(file.path, error)
    }
    if data.starts(with: [0xEF, 0xBB, 0xBF]) { data = data.dropFirst(3) }
    if let text = String(validating: data, as: UTF8.self) { return text }
    let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    throw .unreadable(file.path, "line \(line + 1) is not in UTF-8; save it as UTF-8")
  }
}
