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

  /// Writes pieces one after the other to a file, making the folders that lead to it; each is made when
  /// those before it are written.
  ///
  /// With `isDurable` it waits for the disk. Without, a power cut (not a crash of the program) may
  /// lose the new file: for what can be computed again.
  public static func write(
    _ pieces: some Sequence<Data>, to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    let folder = file.deletingLastPathComponent()
    try makeFolder(folder, isDurable: isDurable)
    let temporary = temporaryFile(in: folder)
    let descriptor = POSIX.create(temporary)
    try FileError.check(descriptor, at: file.path)
    var status = copy(pieces, to: descriptor)
    if status >= 0, isDurable { status = POSIX.sync(descriptor) }
    let closed = POSIX.close(descriptor)
    if status >= 0 { status = closed }
    if status >= 0 { status = POSIX.rename(temporary, to: file.path) }
    if status < 0 { _ = POSIX.remove(temporary) }
    try FileError.check(status, at: file.path)
    if isDurable { try syncFolder(folder) }
  }

  private static func copy(_ pieces: some Sequence<Data>, to descriptor: Int32) -> Int32 {
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

  /// Writes data to a file, making the folders that lead to it; a large one is never held twice.
  public static func write(
    _ data: Data, to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    try write(CollectionOfOne(data), to: file, isDurable: isDurable)
  }

  /// Writes text as UTF-8 to a file, making the folders that lead to it.
  public static func write(
    _ text: String, to file: URL, isDurable: Bool = true
  ) throws(FileError) {
    try write(Data(text.utf8), to: file, isDurable: isDurable)
  }

  /// Makes a folder and those that lead to it, if they are not there.
  public static func makeFolder(_ folder: URL, isDurable: Bool = true) throws(FileError) {
    if FileKind(folder) == .folder { return }
    let parent = folder.deletingLastPathComponent()
    guard parent.path != folder.path else { throw .noFolder(folder.path) }
    try makeFolder(parent, isDurable: isDurable)
    let status = POSIX.makeFolder(folder.path)
    if status == -EEXIST, FileKind(folder) == .folder { return }
    try FileError.check(status, at: folder.path)
    if isDurable { try syncFolder(parent) }
  }

  /// Makes a folder in one that is there.
  ///
  /// - Returns: false where something of that name is there already.
  public static func makeNewFolder(_ folder: URL) throws(FileError) -> Bool {
    let status = POSIX.makeFolder(folder.path)
    if status == -EEXIST { return false }
    try FileError.check(status, at: folder.path)
    return true
  }

  /// Proves that a folder takes files, which its permissions alone do not tell: a server or a special
  /// file system may still refuse.
  public static func probe(_ folder: URL) throws(FileError) {
    let probe = temporaryFile(in: folder)
    let descriptor = POSIX.create(probe)
    try FileError.check(descriptor, at: folder.path)
    _ = POSIX.close(descriptor)
    _ = POSIX.remove(probe)
  }

  private static func temporaryFile(in folder: URL) -> String {
    let name = "." + String(UInt64.random(in: .min ... .max), radix: 36) + suffix
    return folder.appending(path: name, directoryHint: .notDirectory).path
  }

  /// Gives a folder another name, whose place is empty, in one step.
  public static func rename(_ folder: URL, to target: URL) throws(FileError) {
    try FileError.check(POSIX.rename(folder.path, to: target.path), at: target.path)
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
    try FileError.check(POSIX.syncFolder(folder.path), at: folder.path)
  }
}
