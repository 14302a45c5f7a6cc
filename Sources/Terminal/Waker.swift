import Glibc

/// Ends the host's wait from any thread: what a run's thread calls when it has left a message.
///
/// A pipe whose reading end makes `poll` return; both ends never block.
public final class Waker: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw .system("pipe", code: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    Glibc.close(readEnd)
    Glibc.close(writeEnd)
  }

  /// Makes `TerminalScreen.events` return with `.woken`; many calls may become one.
  public func wake() {
    // Where the pipe is full the reader is awake anyway.
    var byte: UInt8 = 0
    _ = unsafe write(writeEnd, &byte, 1)
  }

  /// All bytes that wait.
  func drain() -> [UInt8] {
    var all: [UInt8] = []
    while let bytes = Self.read(readEnd, atMost: 256), !bytes.isEmpty { all += bytes }
    return all
  }

  /// Reads once; empty at the end of input, nil where nothing can be read now.
  static func read(_ descriptor: Int32, atMost count: Int) -> [UInt8]? {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let got = unsafe Glibc.read(descriptor, buffer.baseAddress, count)
      if got < 0 { failed = errno == EAGAIN || errno == EINTR }
      filled = max(0, got)
    }
    return failed ? nil : bytes
  }
}
