import Foundation

/// Standard output or standard error, written unbuffered; a reader that went away is not an error.
struct StandardStream: Sendable {
  static let output = StandardStream(handle: .standardOutput)
  static let error = StandardStream(handle: .standardError)

  private let handle: FileHandle

  /// Whether a person is looking.
  var isTerminal: Bool { isatty(handle.fileDescriptor) == 1 }

  /// Writes text as it is.
  func write(_ text: String) {
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// Writes lines for the user that no command fails with.
  func notes(_ lines: [String]) { for text in lines { line("aura: \(text)") } }

  /// Writes a line.
  func line(_ text: String) { write(text + "\n") }
}
