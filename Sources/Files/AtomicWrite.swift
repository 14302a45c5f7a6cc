public import Foundation

/// Replaces a file in one step, so that a reader or a crash sees the old file or the new one, whole.
///
/// The bytes go into a temporary file beside it, are synced, and the file is renamed; then the folder
/// is synced. On any failure the old file is as it was and the temporary one is removed.
public enum AtomicWrite {
  /// How the temporary files end; a killed write leaves one, which `removeLeftovers` finds.
  public static let suffix = ".aura-tmp"
  /// How many bytes of data are copied at a time.
  private static let piece = 4 << 20

  /// Writes bytes to a file, making the folders that lead to it.
  ///
  /// With `isDurable` it waits for the disk. Without, a power cut (not a crash of the program) may
  /// lose the new file: for what can be computed again.
  public static func write(
    _ bytes: [UInt8], to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    try replace(file, isDurable: isDurable) { POSIX.write(bytes, to: $0) }
  }

  private static func replace(
    _ file: URL, isDurable: Bool, writing: (Int32) -> Int32
  ) throws(FileError) {
    let folder = file.deletingLastPathComponent()
    try makeFolder(folder, isDurable: isDurable)
    let name = "." + String(UInt64.random(in: .min ... .max), radix: 36) + suffix
    let temporary = folder.appending(path: name, directoryHint: .notDirectory).path
    let descriptor = POSIX.create(temporary)
    guard descriptor >= 0 else { throw .system(file.path, errno: -descriptor) }
    var status = writing(descriptor)
    if status >= 0, isDurable { status = POSIX.sync(descriptor) }
    let closed = POSIX.close(descriptor)
    if status >= 0 { status = closed }
    if status >= 0 { status = POSIX.rename(temporary, to: file.path) }
    guard status >= 0 else {
      _ = POSIX.remove(temporary)
      throw .system(file.path, errno: -status)
    }
    if isDurable { try syncFolder(folder) }
  }

  /// Writes data to a file, making the folders that lead to it; a large one is never held twice.
  public static func write(
    _ data: Data, to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    try write(CollectionOfOne(data), to: file, isDurable: isDurable)
  }

  /// Writes pieces one after the other to a file, making the folders that lead to it; each is made when
  /// those before it are written.
  public static func write(
    _ pieces: some Sequence<Data>, to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    try replace(file, isDurable: isDurable) { descriptor in
      for data in pieces {
        var rest = data[...]
        while !rest.isEmpty {
          let status = POSIX.write([UInt8](rest.prefix(piece)), to: descriptor)
          if status < 0 { return status }
          rest = rest.dropFirst(piece)
        }
      }
      return 0
    }
  }

  /// Writes text as UTF-8 to a file, making the folders that lead to it.
  public static func write(
    _ text: String, to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    try write(Array(text.utf8), to: file, isDurable: isDurable)
  }

  /// Makes a folder and those that lead to it, if they are not there.
  public static func makeFolder(_ folder: URL, isDurable: Bool = true) throws(FileError) {
    if FileKind(folder) == .folder { return }
    let parent = folder.deletingLastPathComponent()
    guard parent.path != folder.path else { throw .noFolder(folder.path) }
    try makeFolder(parent, isDurable: isDurable)
    let status = POSIX.makeFolder(folder.path)
    if status == -EEXIST, FileKind(folder) == .folder { return }
    guard status >= 0 else { throw .system(folder.path, errno: -status) }
    if isDurable { try syncFolder(parent) }
  }

  /// Makes a folder in one that is there.
  ///
  /// - Returns: false where something of that name is there already.
  public static func makeNewFolder(_ folder: URL) throws(FileError) -> Bool {
    let status = POSIX.makeFolder(folder.path)
    guard status >= 0 || status == -EEXIST else { throw .system(folder.path, errno: -status) }
    return status >= 0
  }

  /// Proves that a folder takes files, which its permissions alone do not tell: a server or a special
  /// file system may still refuse.
  public static func probe(_ folder: URL) throws(FileError) {
    let probe = folder.appending(path: ".\(UInt64.random(in: .min ... .max))" + suffix)
    let descriptor = POSIX.create(probe.path)
    guard descriptor >= 0 else { throw .system(folder.path, errno: -descriptor) }
    _ = POSIX.close(descriptor)
    _ = POSIX.remove(probe.path)
  }

  /// Gives a folder another name, whose place is empty, in one step.
  public static func rename(_ folder: URL, to target: URL) throws(FileError) {
    let status = POSIX.rename(folder.path, to: target.path)
    guard status >= 0 else { throw .system(target.path, errno: -status) }
  }

  /// Removes a file, if it is there and may be removed.
  public static func remove(_ file: URL) { _ = POSIX.remove(file.path) }

  /// Moves a file over another, if it is there; it stays where it is if that cannot be done.
  public static func move(_ file: URL, to target: URL) {
    guard FileKind(file) == .file,
      (try? makeFolder(target.deletingLastPathComponent())) != nil
    else { return }
    _ = POSIX.rename(file.path, to: target.path)
  }

  /// Removes what killed writes left in a folder and the folders in it.
  ///
  /// - Returns: How many files were removed.
  public static func removeLeftovers(in folder: URL) -> Int {
    guard let names = FileManager.default.enumerator(atPath: folder.path) else { return 0 }
    var removed = 0
    for case let name as String in names where name.hasSuffix(suffix) {
      if POSIX.remove(folder.appending(path: name).path) >= 0 { removed += 1 }
    }
    return removed
  }

  private static func syncFolder(_ folder: URL) throws(FileError) {
    let status = POSIX.syncFolder(folder.path)
    guard status >= 0 else { throw .system(folder.path, errno: -status) }
  }
}
