import Foundation
import Synchronization

/// A terminal whose far end this process holds: standard input and output are the near one.
final class PseudoTerminal: Sendable {
  private let master: Int32
  private let output: Int32
  private let input: Int32
  private let received = Atomic(0)

  init(columns: Int, rows: Int) throws {
    var ends: (far: Int32, near: Int32) = (-1, -1)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard unsafe openpty(&ends.far, &ends.near, nil, nil, &size) == 0 else {
      throw Failure("no pseudo terminal")
    }
    master = ends.far
    input = dup(STDIN_FILENO)
    output = dup(STDOUT_FILENO)
    dup2(ends.near, STDIN_FILENO)
    dup2(ends.near, STDOUT_FILENO)
    close(ends.near)
    Thread { [self] in drain() }.start()
  }

  /// Bytes that came out so far.
  var bytes: Int { received.load(ordering: .relaxed) }

  /// Types.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    let written = unsafe bytes.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
    precondition(written == bytes.count, "\(written) of \(bytes.count) bytes typed")
  }

  /// Makes standard input and output what they were.
  func giveBack() {
    dup2(input, STDIN_FILENO)
    dup2(output, STDOUT_FILENO)
  }

  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(master, bytes.baseAddress, bytes.count)
      }
      guard count > 0 else { return }
      received.add(count, ordering: .relaxed)
    }
  }
}

/// Why nothing was measured.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
