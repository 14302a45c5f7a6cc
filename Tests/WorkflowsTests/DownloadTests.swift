import Foundation
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

@Suite(.serialized)
struct DownloadTests {
  private let served: TestFolder
  private let kept: TestFolder
  private let server: FileServer
  private let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) })

  init() throws {
    (served, kept) = (try TestFolder(), try TestFolder())
    try served.write(bytes, to: "file")
    server = try FileServer(served)
  }

  private func download(_ way: String, name: String = "file") throws -> DownloadProgress? {
    let address = try #require(URL(string: "\(server.address(way))/\(name)"))
    var last: DownloadProgress?
    try Download.run(address, to: kept.url.appending(path: "part")) { last = $0 }
    return last
  }

  @Test func `a file comes whole, and how far it is is told`() throws {
    let progress = try download("whole")
    #expect(try kept.data("part") == bytes)
    #expect(progress == DownloadProgress(received: bytes.count, total: bytes.count))
    #expect(try server.ranges() == ["-"])
  }

  @Test func `a download that breaks off goes on where it ended`() throws {
    #expect(throws: DownloadTrouble.self) { try download("cut") }
    #expect(try kept.data("part") == bytes.prefix(150_000))
    let progress = try download("whole")
    #expect(try kept.data("part") == bytes)
    #expect(progress?.total == bytes.count)
    #expect(try server.ranges() == ["-", "bytes=150000-"])
  }

  @Test func `a server without ranges sends the file anew`() throws {
    try kept.write(Data("something".utf8), to: "part")
    _ = try download("plain")
    #expect(try kept.data("part") == bytes)
    #expect(try server.ranges() == ["bytes=9-"])
  }

  @Test func `a part that does not go with the file is begun anew`() throws {
    try kept.write(Data(count: 400_000), to: "part")
    _ = try download("whole")
    #expect(try kept.data("part") == bytes)
    #expect(try server.ranges() == ["bytes=400000-", "-"])
    try kept.write(Data("something".utf8), to: "part")
    _ = try download("other")
    #expect(try kept.data("part") == bytes)
  }

  @Test func `what is not there and who does not answer are told apart`() throws {
    #expect(throws: DownloadTrouble.status(404)) { try download("whole", name: "absent") }
    #expect(!FileManager.default.fileExists(atPath: kept.path("part")))
    // A port of this machine that nothing listens at.
    let nobody = try #require(URL(string: "http://127.0.0.1:1/file"))
    let trouble = #expect(throws: DownloadTrouble.self) {
      try Download.run(nobody, to: kept.url.appending(path: "part")) { _ in }
    }
    guard case .connection? = trouble else {
      Issue.record("\(String(describing: trouble))")
      return
    }
  }

  @Test func `a part that cannot be written is said to be so`() throws {
    let address = try #require(URL(string: "\(server.address("whole"))/file"))
    let trouble = #expect(throws: DownloadTrouble.self) {
      try Download.run(address, to: URL(filePath: "/nonexistent/part")) { _ in }
    }
    guard case .disk? = trouble else {
      Issue.record("\(String(describing: trouble))")
      return
    }
  }
}
