import Foundation

/// What can go wrong with a file or folder; the text says what, where, and what to try.
public enum FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder does not exist or is a file.
  case noFolder(String)
  /// Another process holds a folder's lock; its number where known.
  case locked(String, process: Int?)
  /// A file or folder may not be written by this user.
  case notWritable(String)
  /// The disk, the quota or the limit of file sizes is reached.
  case diskFull(String)
  /// A file cannot be read; why.
  case unreadable(String, String)
  /// Another failure of the system; what it was.
  case system(String, String)

  /// One line for the user.
  public var description: String {
    switch self {
    case .noFolder(let path):
      "'\(path)' is not a folder; give a folder of PNG or TIFF images"
    case .locked(let path, let process):
      "'\(path)' is in use by another aura" + (process.map { " (process \($0))" } ?? "")
        + "; wait for it or stop it"
    case .notWritable(let path):
      "'\(path)' may not be written by this user; change its permissions, or give another folder"
    case .diskFull(let path):
      "no space left to write '\(path)': disk, quota or file size limit reached;"
        + " the old file is untouched, free some space and try again"
    case .unreadable(let path, let reason):
      "cannot read '\(path)': \(reason)"
    case .system(let path, let reason):
      "'\(path)': \(reason)"
    }
  }

  /// Takes what a call of `POSIX` returned; throws the error that it stands for.
  static func check(_ status: Int32, at path: String) throws(FileError) {
    guard status >= 0 else { throw .system(path, errno: -status) }
  }

  /// The error for an `errno` met at a path.
  static func system(_ path: String, errno code: Int32) -> FileError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: .diskFull(path)
    case EACCES, EPERM, EROFS: .notWritable(path)
    case ENAMETOOLONG: .system(path, "the name is too long for this disk; shorten the image's name")
    case ENOENT: .system(path, "its folder is gone; was it moved or deleted meanwhile?")
    case ENOTDIR: .system(path, "a part of the path is a file, not a folder")
    case EEXIST: .system(path, "a file is in the way; give another folder")
    case EISDIR: .system(path, "a folder is in the way; move it")
    case EIO: .system(path, "input/output error; is the disk or the network still there?")
    case EMFILE, ENFILE: .system(path, "too many open files; raise `ulimit -n`")
    default: .system(path, "the system refused (errno \(code))")
    }
  }

  /// The error for what Foundation threw at a path.
  public static func foundation(_ path: String, _ error: any Error) -> FileError {
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain { return system(path, errno: Int32(error.code)) }
    if let inner = error.userInfo[NSUnderlyingErrorKey] as? NSError,
      inner.domain == NSPOSIXErrorDomain
    {
      return system(path, errno: Int32(inner.code))
    }
    switch CocoaError.Code(rawValue: error.code) {
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly: return .notWritable(path)
    case .fileWriteOutOfSpace: return .diskFull(path)
    case .fileReadNoPermission: return .unreadable(path, "this user may not read it")
    case .fileReadNoSuchFile, .fileNoSuchFile: return .unreadable(path, "it does not exist")
    default: return .system(path, error.localizedDescription)
    }
  }
}
