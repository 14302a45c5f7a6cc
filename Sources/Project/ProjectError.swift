import Foundation

/// What can go wrong with a project on disk; the text says what, where, and what to try.
public enum ProjectError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder to open does not exist or is a file.
  case noFolder(String)
  /// The folder holds no image that can be read; the number of files refused and the first one.
  case noImages(String, refused: Int, example: String?)
  /// Another aura has the project open; its process number where known.
  case locked(String, process: Int?)
  /// A file or folder may not be written by this user.
  case notWritable(String)
  /// The disk, the quota or the limit of file sizes is reached.
  case diskFull(String)
  /// A file cannot be read; why.
  case unreadable(String, String)
  /// Another failure of the system; what it was.
  case system(String, String)
  /// A file of the project is not what it should be; why.
  case damaged(String, String)
  /// The project was made by a newer aura; the version found and the newest known.
  case newer(String, found: Int, known: Int)
  /// A key that names no image of the project.
  case unknownImage(String)
  /// A key that would leave the project's folder.
  case unsafeKey(String)
  /// A decision that needs a mask has none.
  case noMask(String)
  /// A mask has another size than its image; both sizes as text.
  case maskSize(String, mask: String, image: String)
  /// A split cannot be used; why.
  case split(String)
  /// A data set that others made cannot be imported; why.
  case dataSet(String)
  /// A folder that must be new or empty has something in it.
  case notEmpty(String)

  /// One line for the user.
  public var description: String {
    switch self {
    case .noFolder(let path):
      "'\(path)' is not a folder; give a folder of PNG or TIFF images"
    case .noImages(let path, let refused, let example):
      "no PNG or TIFF image in '\(path)' or the folders in it"
        + Self.refusal(refused, example) + "; give a folder of images"
    case .locked(let path, let process):
      "the project '\(path)' is open in another aura"
        + (process.map { " (process \($0))" } ?? "")
        + "; close that one first, or give this one its own --project DIR"
    case .notWritable(let path):
      "'\(path)' may not be written by this user; change its permissions, or give another folder "
        + "(--output, or --project for the project)"
    case .diskFull(let path):
      "no space left to write '\(path)': disk, quota or file size limit reached;"
        + " the old file is untouched, free some space and try again"
    case .unreadable(let path, let reason):
      "cannot read '\(path)': \(reason)"
    case .system(let path, let reason):
      "'\(path)': \(reason)"
    case .damaged(let path, let reason):
      "'\(path)' is damaged: \(reason); restore it from a backup or move it away"
    case .newer(let path, let found, let known):
      "'\(path)' has version \(found), this aura knows up to \(known); use a newer aura"
    case .unknownImage(let key):
      "'\(key)' is no image of this project; `aura info PATH` lists them"
    case .unsafeKey(let key):
      "'\(key)' cannot be a key: it leads out of the project's folder"
    case .noMask(let key):
      "'\(key)' cannot be accepted without a mask; draw one or take the proposal first"
    case .maskSize(let key, let mask, let image):
      "the mask of '\(key)' is \(mask), the image is \(image); give a mask of the image's own size"
    case .notEmpty(let path):
      "'\(path)' is there already and is not replaced; give a new or empty folder"
    case .split(let reason), .dataSet(let reason):
      reason
    }
  }

  private static func refusal(_ count: Int, _ example: String?) -> String {
    guard count > 0, let example else { return "" }
    return " (\(count) other picture\(count == 1 ? "" : "s"), such as '\(example)')"
  }

  /// The error for an `errno` met at a path.
  static func system(_ path: String, errno code: Int32) -> ProjectError {
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
  static func foundation(_ path: String, _ error: any Error) -> ProjectError {
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
