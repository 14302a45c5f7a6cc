public import Foundation

/// What a path leads to.
public enum FileKind: Sendable {
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// A link, where it is not followed.
  case link
  /// Anything else: a device, a pipe, a socket.
  case other

  /// Nil where nothing is, or nothing that this user may see.
  public init?(_ url: URL, followsLinks: Bool = true) {
    guard let mode = POSIX.mode(of: url.path, followsLinks: followsLinks) else { return nil }
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .other
    }
  }

  /// Whether nothing that this user may see has a path's name: neither a file nor a link to nowhere, nor
  /// what a failing disk cannot tell about.
  public static func isMissing(_ url: URL) -> Bool { POSIX.isMissing(url.path) }
}
