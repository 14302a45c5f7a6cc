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
  /// lose the new file: for what can be computed again. A folder `root` must be there: it and those that
  /// lead to it are not made. What has room set aside in that folder is written `into` it.
  public static func write(
    _ pieces: some Sequence<Data>, to file: URL, below root: URL? = nil, into room: DiskRoom? = nil,
    isDurable: Bool = true
  ) throws(FileError) {
    let folder = file.deletingLastPathComponent()
    try makeFolder(folder, below: root, isDurable: isDurable)
    let taken = room?.take()
    let temporary = taken?.path ?? temporaryFile(in: folder)
    let descriptor = taken?.descriptor ?? POSIX.create(temporary)
    try FileError.check(descriptor, at: file.path)
    var status = copy(pieces, to: descriptor)
    if status >= 0, taken != nil { status = POSIX.truncateHere(descriptor) }
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
    _ data: Data, to file: URL, below root: URL? = nil, isDurable: Bool = true
  ) throws(FileError) {
    try write(CollectionOfOne(data), to: file, below: root, isDurable: isDurable)
  }

  /// Writes text as UTF-8 to a file, making the folders that lead to it.
  public static func write(
    _ text: String, to file: URL, below root: URL? = nil, isDurable: Bool = true
  ) throws(FileError) {
    try write(Data(text.utf8), to: file, below: root, isDurable: isDurable)
  }

  /// Makes a folder and those that lead to it, if they are not there; of those only what is below a
  /// folder `root`, which must be there.
  public static func makeFolder(
    _ folder: URL, below root: URL? = nil, isDurable: Bool = true
  ) throws(FileError) {
    if FileKind(folder) == .folder { return }
    if folder.path == root?.path { throw .system(folder.path, errno: ENOENT) }
    let parent = folder.deletingLastPathComponent()
    guard parent.path != folder.path else { throw .noFolder(folder.path) }
    try makeFolder(parent, below: root, isDurable: isDurable)
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

  static func temporaryFile(in folder: URL) -> String {
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
  public static func move(_ file: URL, to target: URL, below root: URL) {
    guard FileKind(file) == .file,
      (try? makeFolder(target.deletingLastPathComponent(), below: root)) != nil
    else { return }
    _ = POSIX.rename(file.path, to: target.path)
  }

  /// Removes what killed writes left in a folder and the folders in it, but for those that somebody else
  /// holds: what he writes there is no leftover.
  ///
  /// - Returns: How many files were removed.
  public static func removeLeftovers(in folder: URL) -> Int {
    guard let names = FileManager.default.enumerator(atPath: folder.path) else { return 0 }
    var found: [URL] = []
    for case let name as String in names {
      let file = folder.appending(path: name)
      if name.hasSuffix(suffix) {
        found.append(file)
      } else if !name.contains("."), FolderLock.isTaken(file) {
        // A folder of pictures may have thousands of names with a dot, of which none is asked for.
        names.skipDescendants()
      }
    }
    return found.count { removeLeftover($0, below: folder) }
  }

  /// Removes a file, held by the lock of its folder or of one above where there is a file of it: somebody may
  /// have begun to write there.
  private static func removeLeftover(_ file: URL, below root: URL) -> Bool {
    var folder = file.deletingLastPathComponent()
    while folder.path.count > root.path.count, FileKind(FolderLock.file(of: folder)) != .file {
      folder = folder.deletingLastPathComponent()
    }
    guard folder.path.count > root.path.count else { return POSIX.remove(file.path) >= 0 }
    guard let lock = try? FolderLock(of: folder) else { return false }
    defer { withExtendedLifetime(lock) {} }
    return POSIX.remove(file.path) >= 0
  }

  private static func syncFolder(_ folder: URL) throws(FileError) {
    try FileError.check(POSIX.syncFolder(folder.path), at: folder.path)
  }
}
