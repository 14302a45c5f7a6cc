public import Foundation

/// Something that lies in a folder, under the name that it has there.
public struct FolderEntry: Sendable {
  /// Its name; bytes of it that are no text are written as `\xff`.
  public let name: String
  /// Whether `name` leads to it: false where that is no UTF-8, as on disks of other systems.
  public let isReachable: Bool
  /// What it is; links are not followed.
  public let kind: FileKind

  /// What a folder holds, in the disk's order.
  ///
  /// - Throws: `FileError` where there is no such folder, or where this user may not look into it.
  public static func all(in folder: URL) throws(FileError) -> [FolderEntry] {
    var entries: [FolderEntry] = []
    let path = folder.path
    let status = POSIX.entries(of: path) { bytes, type in
      let text = String(validating: bytes, as: UTF8.self)
      let name = text ?? escaped(bytes)
      // Some disks tell what an entry is only when it is asked for by name.
      let kind =
        FileKind(directoryType: type)
        ?? text.flatMap { FileKind(folder.appending(path: $0), followsLinks: false) }
      guard let kind = kind ?? (text == nil ? .other : nil) else { return }
      entries.append(FolderEntry(name: name, isReachable: text != nil, kind: kind))
    }
    if status < 0 { throw reading(path, errno: -status) }
    // Who may only read the names cannot see what they stand for.
    guard entries.isEmpty || FileManager.default.isExecutableFile(atPath: path) else {
      throw .unreadable(path, "this user may not look into it")
    }
    return entries
  }

  private static func reading(_ path: String, errno code: Int32) -> FileError {
    switch code {
    case ENOENT, ENOTDIR: .noFolder(path)
    case EACCES, EPERM: .unreadable(path, "this user may not read it")
    case EIO: .unreadable(path, "input/output error; is the disk or the network still there?")
    default: .unreadable(path, "the system refused (errno \(code))")
    }
  }

  /// Text with the bytes that are none as `\xff`.
  private static func escaped(_ bytes: [UInt8]) -> String {
    var (text, rest) = ("", bytes[...])
    while let first = rest.first {
      let length = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self) != nil }
      let taken = length.flatMap { String(validating: rest.prefix($0), as: UTF8.self) }
      text += taken ?? "\\x" + (first < 16 ? "0" : "") + String(first, radix: 16)
      rest = rest.dropFirst(taken == nil ? 1 : length ?? 1)
    }
    return text
  }
}

extension FileKind {
  /// What `readdir` says of an entry; nil where it does not know.
  fileprivate init?(directoryType type: Int32) {
    switch Int(type) {
    case Int(DT_REG): self = .file
    case Int(DT_DIR): self = .folder
    case Int(DT_LNK): self = .link
    case Int(DT_UNKNOWN): return nil
    default: self = .other
    }
  }
}
