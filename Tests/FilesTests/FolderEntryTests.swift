import Foundation
import TestSupport
import Testing

@testable import Files

struct FolderEntryTests {
  @Test func `entries say what they are, links not followed`() throws {
    let folder = try TestFolder()
    try folder.write(Data("x".utf8), to: "file")
    try folder.write(Data(), to: "folder/in it")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "nowhere")
    let found = try FolderEntry.all(in: folder.url).sorted { $0.name < $1.name }
    #expect(found.map(\.name) == ["file", "folder", "link"])
    #expect(found.map(\.kind) == [.file, .folder, .link])
    #expect(found.count { $0.isReachable } == 3)
    #expect(throws: FileError.noFolder(folder.path("no"))) {
      try FolderEntry.all(in: folder.url.appending(path: "no"))
    }
  }

  @Test func `a file is known whatever leads to it`() throws {
    let folder = try TestFolder()
    try folder.write(Data("x".utf8), to: "a/1")
    try folder.write(Data("x".utf8), to: "2")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path("b"), withDestinationPath: "a")
    try files.linkItem(atPath: folder.path("a/1"), toPath: folder.path("3"))
    let names = ["a/1", "b/1", "a/../b/1", "3"]
    #expect(Set(names.map { FileIdentity(folder.url.appending(path: $0)) }).count == 1)
    #expect(
      FileIdentity(folder.url.appending(path: "2")) != FileIdentity(folder.url.appending(path: "3"))
    )
    #expect(FileIdentity(folder.url.appending(path: "4")) == nil)
  }

  @Test func `a name that is too long is cut so that it stays its own`() {
    #expect(FileName.fitting("a", ending: ".png") == "a.png")
    let longest = String(repeating: "\u{E4}", count: 125) + "z"
    #expect(FileName.fitting(longest, ending: ".png") == longest + ".png")
    let names = ["", "b", "c", "\u{E4}", "~"].map { longest + "y" + $0 }
    let cut = names.map { FileName.fitting($0, ending: ".png") }
    #expect(Set(cut).count == names.count)
    for name in cut {
      #expect(name.utf8.count <= 255 && name.utf8.count > 250 && name.hasSuffix(".png"))
      #expect(name.hasPrefix(String(longest.prefix(50))))
    }
    #expect(cut == names.map { FileName.fitting($0, ending: ".png") })
  }
}
