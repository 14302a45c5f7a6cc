import TestSupport
import WorkflowTesting
import Foundation

/// An HTTP server on loopback (`Tests/Servers/files.py`) over a folder's files; it ends when it is let go.
final class FileServer {
  private let process = Process()
  private let input = Pipe()
  private let folder: TestFolder
  private let port: String

  init(_ folder: TestFolder) throws {
    self.folder = folder
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Servers/files.py")
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path, folder.url.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      guard !byte.isEmpty else { break }
      line += byte
    }
    port = String(decoding: line, as: UTF8.self)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The address of a way of answering: whole, plain, cut or other.
  func address(_ way: String) -> String { "http://127.0.0.1:\(port)/\(way)" }

  /// The ranges that were asked for, in order; `-` for a whole file.
  func ranges() throws -> [String] {
    String(decoding: try folder.data("requests"), as: UTF8.self).split(separator: "\n")
      .compactMap { $0.split(separator: " ").last.map(String.init) }
  }
}
