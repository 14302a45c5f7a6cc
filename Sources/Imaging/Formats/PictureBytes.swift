import Foundation

/// The bytes of a file of pictures that is open for reading, or of one in memory.
///
/// Headers are read piece by piece with the system's own calls: a folder of thousands of files is listed by
/// them. Nothing is mapped, so that a file that shrinks meanwhile is an error rather than a crash.
@safe final class PictureBytes {
  /// What errors call it.
  let name: String
  /// Its path; nil for bytes in memory.
  private let path: String?
  /// How many there are.
  let count: Int
  /// The open file; -1 for bytes in memory.
  let descriptor: Int32
  /// All of them where they are in memory, else none.
  let memory: [UInt8]

  /// Opens a regular file.
  init(of url: URL) throws(ImagingError) {
    name = url.lastPathComponent
    let path = url.path
    self.path = path
    var status = stat()
    // Looked at before it is opened: a pipe would hang, and opening one is felt at its other end.
    guard unsafe stat(path, &status) == 0 else {
      throw .unreadable(file: name, reason: Self.reason(for: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: name, reason: "it is not a regular file")
    }
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(file: name, reason: Self.reason(for: errno))
    }
    count = Int(status.st_size)
    memory = []
  }

  /// Takes bytes that `name` stands for in errors.
  init(_ bytes: [UInt8], name: String) {
    self.name = name
    path = nil
    count = bytes.count
    descriptor = -1
    memory = bytes
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Up to `count` bytes from an offset on: fewer where there are no more, none beyond the end.
  func read(at offset: Int, count: Int) throws(ImagingError) -> [UInt8] {
    guard offset >= 0, count > 0, offset < self.count else { return [] }
    let wanted = min(count, self.count - offset)
    guard descriptor >= 0 else { return Array(memory[offset..<offset + wanted]) }
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      while filled < wanted {
        let got = unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), wanted - filled,
          off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    guard failure == 0 else {
      throw .unreadable(file: name, reason: Self.reason(for: failure))
    }
    return bytes
  }

  /// All bytes.
  func all() throws(ImagingError) -> Data {
    Data(descriptor >= 0 ? try read(at: 0, count: count) : memory)
  }

  /// Whether a name beside the file is there already.
  func isTaken(_ name: String) -> Bool {
    guard let path else { return false }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    var status = stat()
    return unsafe lstat(folder + name, &status) == 0
  }

  private static func reason(for code: Int32) -> String {
    switch code {
    case ENOENT, ENOTDIR: "there is no such file"
    case EACCES, EPERM: "permission denied"
    default: unsafe String(cString: strerror(code))
    }
  }
}
