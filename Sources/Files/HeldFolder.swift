public import Foundation

/// A folder that is held open, so that one knows whether its path still leads to it.
public final class HeldFolder: Sendable {
  /// The folder's path when it was opened.
  public let path: String
  private let descriptor: Int32
  /// Whether the file system numbers its folders so that two looks at one agree.
  public let isNumbered: Bool

  /// Opens a folder.
  public init(_ folder: URL) throws(FileError) {
    path = folder.path
    descriptor = POSIX.openFolder(path)
    isNumbered = descriptor >= 0 && POSIX.leads(path, to: descriptor)
    try FileError.check(descriptor, at: path)
  }

  deinit { if descriptor >= 0 { _ = POSIX.close(descriptor) } }

  /// Whether the path leads to the folder that was opened: it was not moved, deleted or replaced.
  public var isInPlace: Bool {
    isNumbered
      ? POSIX.leads(path, to: descriptor)
      : FileKind(URL(filePath: path, directoryHint: .isDirectory)) != nil
  }

  /// Waits until all that lies in the folder is on disk, whoever wrote it.
  ///
  /// Many files are quicker written without waiting and waited for here than one after the other.
  public func sync() throws(FileError) {
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    for name in names {
      let entry = folder.appending(path: name)
      switch FileKind(entry, followsLinks: false) {
      case .file: try AppendedFile(entry).append([], isDurable: true)
      case .folder:
        let status = POSIX.syncFolder(entry.path)
        // Who may not look into it has written nothing there.
        if status != -EACCES { try FileError.check(status, at: entry.path) }
      case .link, .other, nil: break
      }
    }
    try FileError.check(POSIX.syncFolder(path), at: path)
  }

  /// Where the folder is now; nil where it was deleted, or the system does not tell.
  public var place: URL? {
    let link = "/proc/self/fd/\(descriptor)"
    guard let now = try? FileManager.default.destinationOfSymbolicLink(atPath: link),
      POSIX.leads(now, to: descriptor)
    else { return nil }
    return URL(filePath: now, directoryHint: .isDirectory)
  }
}
