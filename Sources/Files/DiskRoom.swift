public import Foundation

/// Room on the disk that is set aside for a file to come, so that what is written into it fits.
///
/// It is a file as killed writes leave one, so that whoever clears those away clears what a kill leaves of it.
public final class DiskRoom {
  private let path: String
  /// The open file, until it is written into.
  private var descriptor: Int32?

  /// Sets room aside in a folder, as far as its file system can do that; where not, asks what is free.
  ///
  /// - Throws: `FileError.noRoom` where there is not as much.
  public init(_ bytes: Int, in folder: URL) throws(FileError) {
    if let lack = Self.lack(of: bytes, at: folder) { throw lack }
    path = AtomicWrite.temporaryFile(in: folder)
    let file = POSIX.create(path)
    try FileError.check(file, at: folder.path)
    if ![-ENOSPC, -EDQUOT, -EFBIG].contains(POSIX.allocate(file, bytes)) {
      descriptor = file
      return
    }
    _ = POSIX.close(file)
    _ = POSIX.remove(path)
    throw .noRoom(folder.path, need: bytes, free: Self.free(at: folder))
  }

  deinit {
    guard let descriptor else { return }
    _ = POSIX.close(descriptor)
    _ = POSIX.remove(path)
  }

  /// Why so many files of a length cannot be written in a folder, if they cannot.
  public static func lack(of bytes: Int, files: Int = 1, at folder: URL) -> FileError? {
    let need = files * bytes
    guard bytes > POSIX.longestFile || need > POSIX.room(at: folder.path) ?? .max else {
      return nil
    }
    return .noRoom(folder.path, need: need, free: free(at: folder))
  }

  /// Gives the open file away, once; nil where somebody removed it.
  func take() -> (path: String, descriptor: Int32)? {
    guard let descriptor, POSIX.leads(path, to: descriptor) else { return nil }
    self.descriptor = nil
    return (path, descriptor)
  }

  private static func free(at folder: URL) -> Int {
    min(POSIX.longestFile, POSIX.room(at: folder.path) ?? .max)
  }
}
