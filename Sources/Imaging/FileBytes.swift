import Foundation

/// Reads the bytes of a regular file, with errors in this module's words.
enum FileBytes {
  /// The whole file.
  static func all(of url: URL) throws(ImagingError) -> Data {
    try read(url) { handle in try handle.readToEnd() ?? Data() }
  }

  /// The first `count` bytes, or all where there are fewer.
  static func prefix(_ count: Int, of url: URL) throws(ImagingError) -> Data {
    try read(url) { handle in try handle.read(upToCount: count) ?? Data() }
  }

  private static func read(
    _ url: URL, _ body: (FileHandle) throws -> Data
  ) throws(ImagingError) -> Data {
    let name = url.lastPathComponent
    do {
      // A pipe or a device would hang; a folder would give a riddle of an error.
      let target = url.resolvingSymlinksInPath()
      let kind = try FileManager.default.attributesOfItem(atPath: target.path)[.type]
      guard kind as? FileAttributeType == .typeRegular else {
        throw ImagingError.unreadable(file: name, reason: "it is not a regular file")
      }
      let handle = try FileHandle(forReadingFrom: target)
      defer { try? handle.close() }
      return try body(handle)
    } catch let error as ImagingError {
      throw error
    } catch {
      throw .unreadable(file: name, reason: reason(for: error))
    }
  }

  private static func reason(for error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: "there is no such file"
    case .fileReadNoPermission: "permission denied"
    default: error.localizedDescription
    }
  }
}
