public import Foundation

/// What a file is known by, whatever path, link or spelling leads to it.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let file: UInt64

  /// Nil where nothing is, or nothing that this user may see.
  public init?(_ url: URL) {
    guard let found = POSIX.identity(of: url.path) else { return nil }
    (device, file) = (found.device, found.file)
  }
}
