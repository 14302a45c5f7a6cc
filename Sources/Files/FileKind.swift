public import Foundation

/// What a path leads to, links followed.
public enum FileKind: Sendable {
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// Anything else: a device, a pipe, a socket.
  case other

  /// Nil where nothing is, or nothing that this user may see.
  public init?(_ url: URL) {
    guard let mode = POSIX.mode(of: url.path) else { return nil }
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}
