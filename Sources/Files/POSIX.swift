import Foundation

/// The system's calls that take a path or bytes: the one file of the module with pointers in it.
///
/// Every function returns what the call did, or `-errno`; none of them keeps a pointer.
enum POSIX {
  /// The `st_mode` of what a path leads to, or is itself; nil where nothing is that this user may see.
  static func mode(of path: String, followsLinks: Bool) -> mode_t? {
    var status = stat()
    let found = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    return found < 0 ? nil : status.st_mode
  }

  /// Whether nothing that this user may see has a path's name; what a disk cannot tell about may be there.
  static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) < 0 && [ENOENT, ENOTDIR, EACCES].contains(errno)
  }

  /// The numbers by which a disk, and a file on it, are known, whatever leads there; nil where nothing is that
  /// this user may see.
  static func identity(of path: String) -> (device: UInt64, file: UInt64)? {
    var status = stat()
    guard unsafe stat(path, &status) >= 0 else { return nil }
    return (UInt64(status.st_dev), UInt64(status.st_ino))
  }

  /// Hands on the name of each entry of a folder, as bytes, and its `d_type`, in the disk's order.
  static func entries(of path: String, _ take: ([UInt8], Int32) -> Void) -> Int32 {
    guard let folder = unsafe opendir(path) else { return -errno }
    defer { unsafe _ = closedir(folder) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else { return -errno }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != [0x2E], name != [0x2E, 0x2E] { take(name, Int32(unsafe entry.pointee.d_type)) }
    }
  }

  /// Opens a folder, to be held; its descriptor.
  static func openFolder(_ path: String) -> Int32 {
    result(unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  /// Whether a path leads to what a descriptor holds; so too where nobody may look.
  static func leads(_ path: String, to descriptor: Int32) -> Bool {
    var (there, held) = (stat(), stat())
    guard unsafe fstat(descriptor, &held) >= 0 else { return true }
    guard unsafe stat(path, &there) >= 0 else { return errno != ENOENT && errno != ENOTDIR }
    return there.st_dev == held.st_dev && there.st_ino == held.st_ino
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
  ///
  /// What takes no more for now is waited for where that `waits`.
  static func write(_ bytes: [UInt8], to descriptor: Int32, waits: Bool = false) -> Int32 {
    unsafe bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
        let written = unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        if written < 0, errno == EAGAIN, waits {
          var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&room, 1, -1)
          continue
        }
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
    let descriptor = openFolder(path)
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

  /// Cuts a file off where it was written up to.
  static func truncateHere(_ descriptor: Int32) -> Int32 {
    truncate(descriptor, to: Int(lseek(descriptor, 0, SEEK_CUR)))
  }

  /// Takes room on the disk for a file of a length, block by block where the file system has no call
  /// for that.
  static func allocate(_ descriptor: Int32, _ length: Int) -> Int32 {
    while true {
      let status = -posix_fallocate(descriptor, 0, off_t(length))
      if status != -EINTR { return status }
    }
  }

  /// Bytes that this user may still write on the disk of a path; nil where it does not tell.
  static func room(at path: String) -> Int? {
    var status = statvfs()
    guard unsafe statvfs(path, &status) >= 0 else { return nil }
    let (bytes, overflows) = UInt64(status.f_bavail)
      .multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflows ? .max : Int(clamping: bytes)
  }

  /// Bytes of the longest file that this process may write.
  static var longestFile: Int { limit(RLIMIT_FSIZE) }

  private static func limit(_ kind: __rlimit_resource) -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(kind.rawValue), &limit) >= 0 else { return .max }
    return Int(clamping: limit.rlim_cur)
  }

  /// Takes the file's lock without waiting; `-EWOULDBLOCK` when another process has it.
  static func lock(_ descriptor: Int32) -> Int32 { result(flock(descriptor, LOCK_EX | LOCK_NB)) }

  /// Marks a file, as long as it is open, for those who ask `isMarked`: a lock by `flock` cannot be asked for.
  static func mark(_ descriptor: Int32) -> Int32 {
    var mark = wholeFile
    return result(unsafe fcntl(descriptor, ofdSetLock, &mark))
  }

  /// Whether somebody has marked a file, asked without taking anything; false where that cannot be told.
  static func isMarked(_ path: String) -> Bool {
    let descriptor = result(unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    var mark = wholeFile
    let asked = unsafe fcntl(descriptor, ofdGetLock, &mark)
    return asked >= 0 && mark.l_type != Int16(F_UNLCK)
  }

  /// Linux' locks of open file descriptions, whose names (`F_OFD_GETLK`, `F_OFD_SETLK`) Swift does not see.
  private static let (ofdGetLock, ofdSetLock) = (Int32(36), Int32(37))

  private static var wholeFile: flock {
    flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
  }

  static func close(_ descriptor: Int32) -> Int32 { result(Foundation.close(descriptor)) }

  private static func result(_ returned: Int32) -> Int32 { returned < 0 ? -errno : returned }

  /// Pipes, some FUSE and network file systems have nothing to wait for.
  private static func synced(_ returned: Int32) -> Int32 {
    returned < 0 && [EINVAL, ENOTSUP, ENOSYS].contains(errno) ? 0 : result(returned)
  }
}
