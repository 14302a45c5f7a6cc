internal import CFiles
public import Foundation

/// Holds a folder against a second aura for as long as it lives; freed by the system on any death.
public final class FolderLock: Sendable {
  /// Whether the lock is really held: some network file systems know no locks.
  public let isHeld: Bool
  private let descriptor: Int32

  /// Takes the lock of a folder, its file `lock`.
  ///
  /// - Throws: `ProjectError.locked` when another process holds it.
  public init(of folder: URL) throws(ProjectError) {
    let file = folder.appending(path: "lock", directoryHint: .notDirectory)
    descriptor = cfiles_open_append(file.path)
    guard descriptor >= 0 else { throw .system(file.path, errno: -descriptor) }
    let status = cfiles_lock(descriptor)
    guard status != -EWOULDBLOCK else {
      let owner = (try? Data(contentsOf: file)).flatMap { String(bytes: $0, encoding: .utf8) }
      _ = cfiles_close(descriptor)
      throw .locked(
        folder.path,
        process: owner.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
    }
    isHeld = status >= 0
    if isHeld {
      // The number only serves the message of the second one; the lock itself does not need it.
      _ = cfiles_truncate(descriptor, 0)
      _ = AtomicWrite.writeAll(
        Array("\(ProcessInfo.processInfo.processIdentifier)\n".utf8), to: descriptor)
    }
  }

  deinit { _ = cfiles_close(descriptor) }
}
