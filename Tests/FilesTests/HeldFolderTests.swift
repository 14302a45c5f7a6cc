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
