internal import CFiles
public import Foundation

/// A file that several writers add to: every write goes to the end, wherever that is by then.
public final class AppendedFile: Sendable {
  private let descriptor: Int32

  /// Opens a file, made if absent; none where it cannot be written.
  public init?(_ file: URL) {
    descriptor = cfiles_open_append(file.path)
    guard descriptor >= 0 else { return nil }
  }

  deinit { if descriptor >= 0 { _ = cfiles_close(descriptor) } }

  /// Adds text; what cannot be written is lost.
  public func append(_ text: String) {
    _ = AtomicWrite.writeAll(Array(text.utf8), to: descriptor)
  }
}
