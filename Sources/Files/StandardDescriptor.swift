import Foundation

/// What this process was given to write to.
public enum StandardDescriptor: Int32, Sendable {
  /// Standard output.
  case output = 1
  /// Standard error.
  case error = 2

  /// Takes the numbers of those that this process was not given: a file of its own that got one would
  /// receive what is told.
  public static func reserve() {
    var descriptor = POSIX.openFolder("/")
    while (0...2).contains(descriptor) { descriptor = POSIX.openFolder("/") }
    if descriptor >= 0 { _ = POSIX.close(descriptor) }
  }

  /// Writes a text whole, unbuffered; only standard output waits for a reader that is slow.
  ///
  /// - Returns: 0, or the `errno` that ended it.
  public func write(_ text: String) -> Int32 {
    -POSIX.write([UInt8](text.utf8), to: rawValue, waits: self == .output)
  }
}
