import Basics
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
  /// A disk has no room for what must be written to it: how much that is, and how much is free.
  case noRoom(String, need: Int, free: Int)
  /// A disk takes no name of that length, or no path.
  case longName(String)
  /// A file to read is not there.
  case missing(String)
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
      "'\(path)' may not be written by this user, or its disk is read-only; change that, or give another "
        + "folder"
    case .diskFull(let path):
      "no space left to write '\(path)': disk, quota or file size limit reached;"
        + " the old file is untouched, free some space and try again"
    case .noRoom(let path, let need, let free):
      "no space for '\(path)', which takes \(NumberText.bytes(Double(need))) of disk: "
        + "\(NumberText.bytes(Double(free))) are left by disk, quota and file size limit; free some "
        + "space, or give a folder on another disk"
    case .longName(let path):
      "'\(path)': the name is too long for this disk; shorten the image's name"
    case .missing(let path):
      "cannot read '\(path)': it does not exist"
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
    case ENAMETOOLONG: .longName(path)
    case ENOENT: .system(path, "its folder is gone; was it moved or deleted meanwhile?")
    case ENOTDIR: .system(path, "a part of the path is a file, not a folder")
    case EEXIST: .system(path, "a file is in the way; give another folder")
    case EISDIR: .system(path, "a folder is in the way; move it")
    case EIO: .system(path, "input/output error; is the disk or the network still there?")
    case EMFILE, ENFILE: .system(path, "too many open files; raise `ulimit -n`")
    default: .system(path, "the system refused (errno \(code))")
    }
  }

  /// The error for what Foundation threw at a path: by Cocoa's numbers, of which those below 512 are of
  /// reading and never a full disk.
  public static func foundation(_ path: String, _ error: any Error) -> FileError {
    let cocoa = error as? CocoaError
    let code = ((cocoa?.underlying ?? error) as? POSIXError)?.code.rawValue
    guard let cocoa, cocoa.code.rawValue < CocoaError.fileWriteUnknown.rawValue else {
      return system(path, code, error as NSError)
    }
    return switch (cocoa.code, code) {
    case (.fileReadNoSuchFile, _), (.fileNoSuchFile, _): .missing(path)
    case (.fileReadNoPermission, _): .unreadable(path, "this user may not read it")
    case (_, EISDIR): .unreadable(path, "it is a folder")
    case (_, EIO): .unreadable(path, "input/output error; is the disk or the network still there?")
    case (_, let code?): .unreadable(path, "the system refused (errno \(code))")
    default: .unreadable(path, cocoa.localizedDescription)
    }
  }

  private static func system(_ path: String, _ code: Int32?, _ error: NSError) -> FileError {
    if let code { return system(path, errno: code) }
    return switch CocoaError.Code(rawValue: error.code) {
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly: .notWritable(path)
    case .fileWriteOutOfSpace: .diskFull(path)
    default: .system(path, error.localizedDescription)
    }
  }
}
