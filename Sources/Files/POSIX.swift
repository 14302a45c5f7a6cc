import Foundation

/// The system's calls that take a path or bytes: the one file of the module with pointers in it.
///
/// Every function returns what the call did, or `-errno`; none of them keeps a pointer.
enum POSIX {
  /// The `st_mode` of what a path leads to, links followed; nil where nothing is that this user may see.
  static func mode(of path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) < 0 ? nil : status.st_mode
  }

  /// Makes a folder; `-EEXIST` if there is one.
  static func makeFolder(_ path: String) -> Int32 { result(unsafe mkdir(path, 0o777)) }

  /// Opens a file for appending, made if absent; its descriptor.
  static func openAppending(_ path: String) -> Int32 {
    result(unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666))
  }

  /// Makes a new file for writing, `-EEXIST` if there is one; its descriptor.
  static func create(_ path: String) -> Int32 {
    result(unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666))
  }

  /// Writes all bytes; 0, or `-errno`.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
        let written = unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return -errno }
        if written == 0 { return -ENOSPC }
        offset += written
      }
      return 0
    }
  }

  /// Waits until the file's bytes and length are on disk; 0 where the file system knows no such thing.
  static func sync(_ descriptor: Int32) -> Int32 { synced(fdatasync(descriptor)) }

  /// Waits until a folder's list of names is on disk; 0 where the file system knows no such thing.
  static func syncFolder(_ path: String) -> Int32 {
    let descriptor = result(unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    guard descriptor >= 0 else { return descriptor }
    let status = synced(fsync(descriptor))
    _ = close(descriptor)
    return status
  }

  /// Gives a file another name in one step, replacing what had that name.
  static func rename(_ old: String, to new: String) -> Int32 {
    result(unsafe Foundation.rename(old, new))
  }

  static func remove(_ path: String) -> Int32 { result(unsafe unlink(path)) }

  /// Removes a folder with nothing in it.
  static func removeFolder(_ path: String) -> Int32 { result(unsafe rmdir(path)) }

  /// Cuts a file off at a length.
  static func truncate(_ descriptor: Int32, to length: Int) -> Int32 {
    result(ftruncate(descriptor, off_t(length)))
  }

  /// Takes the file's lock without waiting; `-EWOULDBLOCK` when another process has it.
  static func lock(_ descriptor: Int32) -> Int32 { result(flock(descriptor, LOCK_EX | LOCK_NB)) }

  static func close(_ descriptor: Int32) -> Int32 { result(Foundation.close(descriptor)) }

  private static func result(_ returned: Int32) -> Int32 { returned < 0 ? -errno : returned }

  /// Pipes, some FUSE and network file systems have nothing to wait for.
  private static func synced(_ returned: Int32) -> Int32 {
    returned < 0 && [EINVAL, ENOTSUP, ENOSYS].contains(errno) ? 0 : result(returned)
  }
}
