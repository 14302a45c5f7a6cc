import Foundation
import Logging
import Testing

@testable import Host

struct FileLogTests {
  @Test func `a log line is whole, and a log that cannot be is no failure`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "aura-log-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "deep/aura.log")
    let log = FileLog(file)
    #expect(log.isOpen)
    Logger(label: "test") { _ in log }.info("opened", metadata: ["b": "2", "a": "1"])
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.hasSuffix(" info opened a=1 b=2\n"))
    let blocked = FileLog(file.appending(path: "inside-a-file.log"))
    #expect(!blocked.isOpen)
    Logger(label: "test") { _ in blocked }.info("lost")

    // Another program logs to the same file.
    let other = FileLog(file)
    Logger(label: "test") { _ in other }.info("second")
    Logger(label: "test") { _ in log }.info("third")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.map { $0.split(separator: " ")[2] } == ["opened", "second", "third"])
  }
}
