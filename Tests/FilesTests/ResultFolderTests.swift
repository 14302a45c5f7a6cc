import Files
import Foundation
import TestSupport
import Testing

@testable import Files

struct ResultFolderTests {
  private static func isThere(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }

  @Test func `a folder that nothing came to lie in goes, with those made for it alone`() throws {
    let folder = try TestFolder()
    let there = folder.url.appending(path: "there", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: there, withIntermediateDirectories: false)
    let made = try ResultFolder(making: there.appending(path: "a/b/c"))
    #expect(Self.isThere(made.url))
    made.removeIfEmpty()
    #expect(!Self.isThere(there.appending(path: "a")))
    #expect(Self.isThere(there))
    try ResultFolder(making: there).removeIfEmpty()
    #expect(Self.isThere(there), "it was there before")
    ResultFolder(made: there).removeIfEmpty()
    #expect(!Self.isThere(there))
  }

  @Test func `what has a result stays, and so do the folders around it`() throws {
    let folder = try TestFolder()
    let made = try ResultFolder(making: folder.url.appending(path: "a/b"))
    let other = folder.url.appending(path: "a/other.csv")
    try Data("1".utf8).write(to: other)
    made.removeIfEmpty()
    #expect(!Self.isThere(made.url) && Self.isThere(other))
    let full = try ResultFolder(making: folder.url.appending(path: "c"))
    try Data("1".utf8).write(to: full.url.appending(path: "recipe.json"))
    full.removeIfEmpty()
    #expect(Self.isThere(full.url.appending(path: "recipe.json")))
  }

  @Test func `a folder that cannot be made leaves none of those on the way`() throws {
    let folder = try TestFolder()
    try folder.write(Data("1".utf8), to: "file")
    let within = folder.url.appending(path: "file/a/b")
    #expect(throws: FileError.self) { try ResultFolder(making: within) }
    let long = String(repeating: "x", count: 300)
    #expect(throws: FileError.self) {
      try ResultFolder(making: folder.url.appending(path: "a/\(long)/b"))
    }
    #expect(!Self.isThere(folder.url.appending(path: "a")))
  }
}
