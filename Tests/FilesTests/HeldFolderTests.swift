import Foundation
import TestSupport
import Testing

@testable import Files

struct HeldFolderTests {
  @Test func `a held folder knows that it was moved, replaced or deleted, and where it is`() throws
  {
    let folder = try TestFolder()
    let (here, there) = (folder.url.appending(path: "a"), folder.url.appending(path: "b"))
    try AtomicWrite.makeFolder(here)
    let held = try HeldFolder(here)
    #expect(held.isInPlace && held.place?.path == here.path)
    try AtomicWrite.rename(here, to: there)
    #expect(!held.isInPlace && held.place?.path == there.path)
    try AtomicWrite.makeFolder(here)
    #expect(!held.isInPlace, "another folder has its name")
    try FileManager.default.removeItem(at: here)
    try AtomicWrite.rename(there, to: here)
    #expect(held.isInPlace)
    try FileManager.default.removeItem(at: here)
    #expect(!held.isInPlace && held.place == nil)
  }

  @Test(.timeLimit(.minutes(10)))
  func `waiting for a folder changes nothing in it and stops at nothing that is no file`() throws {
    let folder = try TestFolder()
    try folder.write(Data("b".utf8), to: "a/b")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("nowhere"))
    // Whoever opens a pipe to write waits for a reader.
    #expect(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
    let before = folder.listing
    try HeldFolder(folder.url).sync()
    #expect(folder.listing == before)
    #expect(try folder.data("a/b") == Data("b".utf8))
    let gone = try HeldFolder(folder.url.appending(path: "a"))
    try FileManager.default.removeItem(atPath: folder.path("a"))
    #expect(throws: FileError.self) { try gone.sync() }
  }

  @Test func `what is written below a folder does not make the folder`() throws {
    let folder = try TestFolder()
    let root = folder.url.appending(path: "root")
    let file = root.appending(path: "x/y/z")
    #expect(throws: FileError.self) { try AtomicWrite.write("z", to: file, below: root) }
    #expect(folder.listing.isEmpty)
    try AtomicWrite.makeFolder(root)
    try AtomicWrite.write("z", to: file, below: root)
    #expect(folder.listing == ["root", "root/x", "root/x/y", "root/x/y/z"])
  }

  @Test func `a lock leaves a file of its name alone that is none`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "lock")
    try Data("my notes".utf8).write(to: file)
    do {
      let lock = try FolderLock(of: folder.url)
      #expect(lock.isHeld)
    }
    #expect(try Data(contentsOf: file) == Data("my notes".utf8))
    try FileManager.default.removeItem(at: file)
    do {
      let lock = try FolderLock(of: folder.url)
      #expect(lock.isHeld)
    }
    #expect(folder.listing.isEmpty)
  }
}
