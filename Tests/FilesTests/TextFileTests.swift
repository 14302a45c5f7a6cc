import Foundation
import TestSupport
import Testing

@testable import Files

struct TextFileTests {
  @Test func `a text is read as it is, without the mark before it`() throws {
    let folder = try TestFolder()
    try folder.write(Data("a,ä\n".utf8), to: "plain.csv")
    try folder.write(Data([0xEF, 0xBB, 0xBF] + "a,ä\n".utf8), to: "marked.csv")
    try folder.write(Data(), to: "empty.csv")
    let texts = try ["plain.csv", "marked.csv", "empty.csv"].map {
      try TextFile.read(folder.url.appending(path: $0))
    }
    #expect(texts == ["a,ä\n", "a,ä\n", ""])
  }

  @Test(arguments: [
    (Data("image,split\na\n".utf8) + [0xE4, 0x0A], 3), (Data([0xFF, 0xFE, 0x61, 0x00]), 1),
    (Data("a\n\n\n".utf8) + [0xC3], 4),
  ])
  func `a text that is not in UTF-8 is unreadable, with its line`(data: Data, line: Int) throws {
    let folder = try TestFolder()
    try folder.write(data, to: "x")
    #expect(
      throws: FileError.unreadable(
        folder.path("x"), "line \(line) is not in UTF-8; save it as UTF-8")
    ) { try TextFile.read(folder.url.appending(path: "x")) }
  }

  @Test func `what cannot be read is never an error of writing`() throws {
    let folder = try TestFolder()
    #expect(throws: FileError.missing(folder.path("no"))) {
      try TextFile.read(folder.url.appending(path: "no"))
    }
    #expect(throws: FileError.unreadable(folder.url.path, "it is a folder")) {
      try TextFile.read(folder.url)
    }
    for code in [4] + Array(256..<512) {
      let error = CocoaError(CocoaError.Code(rawValue: code))
      switch FileError.foundation("x", error) {
      case .missing, .unreadable: break
      case let other: Issue.record("\(code): \(other)")
      }
    }
  }
}
