public import Foundation

/// Holds a folder against a second aura for as long as it lives; freed by the system on any death.
public final class FolderLock: Sendable {
  /// Whether the lock is really held: some network file systems know no locks.
  public let isHeld: Bool
  private let url: URL
  private let file: AppendedFile
  /// Whether the file holds what a lock does, and not something of somebody else's.
  private let isOwn: Bool

  /// Takes the lock of a folder, its file `lock`, which goes with it.
  ///
  /// - Throws: `FileError.locked` when another process holds it.
  public init(of folder: URL) throws(FileError) {
    url = Self.file(of: folder)
    var file = try AppendedFile(url)
    var isFree = file.lock()
    // Whoever held it took the file away between the two calls; where files have no lasting numbers a
    // few tries must do.
    for _ in 0..<9 where isFree == true && !file.isInPlace {
      file = try AppendedFile(url)
      isFree = file.lock()
    }
    self.file = file
    let text = (try? Data(contentsOf: url)).flatMap { String(bytes: $0, encoding: .utf8) }
    let owner = text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    isOwn = text?.isEmpty == true || owner != nil
    guard isFree != false else { throw .locked(folder.path, process: owner) }
    isHeld = isFree == true
    if isHeld, isOwn {
      // The number only serves the message of the second one; the lock itself does not need it.
      try? file.cut(to: 0)
      try? file.append(Array("\(ProcessInfo.processInfo.processIdentifier)\n".utf8))
    }
  }

  /// Whether somebody holds a folder, asked without taking its lock: whoever wants it at that moment gets it.
  ///
  /// False where the file system cannot tell.
  public static func isTaken(_ folder: URL) -> Bool { POSIX.isMarked(file(of: folder).path) }

  /// What a lock is called in its folder.
  public static let fileName = "lock"

  static func file(of folder: URL) -> URL {
    folder.appending(path: fileName, directoryHint: .notDirectory)
  }

  deinit { if isHeld, isOwn, file.isInPlace { AtomicWrite.remove(url) } }
}
