import Files
import Foundation
import TestSupport
import Testing

@testable import Files

struct AtomicWriteTests {
  @Test func `a write makes its folders, replaces the file and leaves nothing else`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "a/b/mask.png")
    try AtomicWrite.write("old", to: file)
    try AtomicWrite.write("newer", to: file)
    #expect(try String(contentsOf: file, encoding: .utf8) == "newer")
    #expect(folder.listing.filter { $0.contains(".") } == ["a/b/mask.png"])
  }

  @Test(arguments: [0, 1, (4 << 20) - 1, 4 << 20, (9 << 20) + 3])
  func `data of any length arrives whole`(length: Int) throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "weights")
    let data = Data((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try AtomicWrite.write(data, to: file)
    #expect(try Data(contentsOf: file) == data)
  }

  @Test func `pieces arrive one after the other, each made once`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "pieces")
    var made = 0
    let pieces = (0..<4).lazy.map { index in
      made += 1
      return Data(repeating: UInt8(index), count: index)
    }
    try AtomicWrite.write(pieces, to: file)
    #expect(try Data(contentsOf: file) == Data([1, 2, 2, 3, 3, 3]))
    #expect(made == 4)
  }

  @Test func `a failed write leaves the old file and no other`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TestFolder()
      let file = folder.url.appending(path: "mask.png")
      try AtomicWrite.write("old", to: file)
      limitFileSize(to: 1000)
      #expect(throws: FileError.diskFull(file.path)) {
        try AtomicWrite.write(Data(repeating: 1, count: 5000), to: file)
      }
      #expect(try String(contentsOf: file, encoding: .utf8) == "old")
      #expect(folder.listing == ["mask.png"])
    }
  }

  @Test func `leftovers of killed writes are removed, files of the user are not`() throws {
    let folder = try TestFolder()
    try folder.write(Data([1]), to: "masks/x/.abc.aura-tmp")
    try folder.write(Data([1]), to: ".def.aura-tmp")
    try folder.write(Data([1]), to: "masks/x/a.png")
    #expect(AtomicWrite.removeLeftovers(in: folder.url) == 2)
    #expect(folder.listing.filter { $0.contains(".") } == ["masks/x/a.png"])
  }

  @Test func `a folder in the way is told`() throws {
    let folder = try TestFolder()
    try folder.write(Data(), to: "mask.png/inside")
    let file = folder.url.appending(path: "mask.png")
    #expect(throws: FileError.self) { try AtomicWrite.write("x", to: file) }
    #expect(folder.listing == ["mask.png", "mask.png/inside"])
  }
}
