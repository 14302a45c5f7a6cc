public import Foundation

/// A file that several writers add to: every write goes to the end, wherever that is by then.
public final class AppendedFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Opens a file, made if absent.
  public init(_ file: URL) throws(FileError) {
    path = file.path
    descriptor = POSIX.openAppending(path)
    try FileError.check(descriptor, at: path)
  }

  deinit { if descriptor >= 0 { _ = POSIX.close(descriptor) } }

  /// Adds bytes; with `isDurable` they are on disk when this returns.
  ///
  /// On failure a part of them may be there.
  public func append(_ bytes: [UInt8], isDurable: Bool = false) throws(FileError) {
    var status = POSIX.write(bytes, to: descriptor)
    if status >= 0, isDurable { status = POSIX.sync(descriptor) }
    try FileError.check(status, at: path)
  }

  /// Cuts the file off at a length.
  public func cut(to length: Int) throws(FileError) {
    try FileError.check(POSIX.truncate(descriptor, to: length), at: path)
  }

  /// Whether the path still leads to the file that was opened.
  public var isInPlace: Bool { POSIX.leads(path, to: descriptor) }

  /// Takes the file's lock without waiting, freed when the file is let go or the process dies.
  ///
  /// - Returns: whether it is held; nil where the file system knows no locks.
  func lock() -> Bool? {
    let status = POSIX.lock(descriptor)
    if status >= 0 { _ = POSIX.mark(descriptor) }
    return status >= 0 ? true : status == -EWOULDBLOCK ? false : nil
  }
}
