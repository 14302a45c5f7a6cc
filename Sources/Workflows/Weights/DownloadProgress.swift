/// How far a file is.
public struct DownloadProgress: Equatable, Sendable {
  /// Bytes on disk.
  public internal(set) var received: Int
  /// Bytes in all, where the server says it.
  public internal(set) var total: Int?
}
