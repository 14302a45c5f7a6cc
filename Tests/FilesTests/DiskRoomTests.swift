import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Files

struct DiskRoomTests {
  @Test func `what is written into room that was set aside is no longer than itself`() throws {
    let folder = try TestFolder()
    let file = folder.url.appending(path: "weights")
    let room = try DiskRoom(1 << 20, in: folder.url)
    #expect(folder.listing.count == 1 && folder.listing[0].hasSuffix(AtomicWrite.suffix))
    try AtomicWrite.write([Data([1, 2]), Data([3])], to: file, into: room)
    #expect(folder.listing == ["weights"])
    #expect(try Data(contentsOf: file) == Data([1, 2, 3]))
    // It serves once; what comes after is written as ever.
    try AtomicWrite.write([Data([4])], to: file, into: room)
    #expect(folder.listing == ["weights"])
    #expect(try Data(contentsOf: file) == Data([4]))
  }

  @Test func `room that nobody uses goes, and what somebody removed is done without`() throws {
    let folder = try TestFolder()
    for _ in 0..<2 { _ = try DiskRoom(4096, in: folder.url) }
    #expect(folder.listing.isEmpty)
    let room = try DiskRoom(4096, in: folder.url)
    #expect(AtomicWrite.removeLeftovers(in: folder.url) == 1)
    try AtomicWrite.write([Data([5])], to: folder.url.appending(path: "file"), into: room)
    #expect(folder.listing == ["file"])
  }

  @Test func `room that is longer than a file may be is refused with figures`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TestFolder()
      limitFileSize(to: 10_000_000)
      let error = #expect(throws: FileError.self) { try DiskRoom(20_000_000, in: folder.url) }
      #expect(error == .noRoom(folder.url.path, need: 20_000_000, free: 10_000_000))
      #expect(error?.description.contains("which takes 20.0 MB of disk: 10.0 MB are left") == true)
      #expect(DiskRoom.lack(of: 9000, at: folder.url) == nil)
      #expect(folder.listing.isEmpty)
    }
  }

  @Test func `room that no disk has is refused`() throws {
    let folder = try TestFolder()
    guard case .noRoom(_, 1 << 60, let free)? = DiskRoom.lack(of: 1 << 59, files: 2, at: folder.url)
    else {
      Issue.record("there is room")
      return
    }
    #expect(free > 0 && free < 1 << 60)
  }

  @Test func `a folder is held by one, and its lock goes with him`() throws {
    let folder = try TestFolder()
    var lock: FolderLock? = try FolderLock(of: folder.url)
    #expect(lock?.isHeld == true)
    for _ in 0..<2 {
      #expect(throws: FileError.locked(folder.url.path, process: Int(getpid()))) {
        try FolderLock(of: folder.url)
      }
    }
    #expect(folder.listing == ["lock"])
    lock = nil
    #expect(folder.listing.isEmpty)
    // What a kill left is nobody's; what another made in the place of one's own stays.
    try folder.write(Data("1\n".utf8), to: "lock")
    lock = try FolderLock(of: folder.url)
    try FileManager.default.removeItem(at: folder.url.appending(path: "lock"))
    try folder.write(Data(), to: "lock")
    lock = nil
    #expect(folder.listing == ["lock"])
  }

  @Test func `whether a folder is held is asked without taking or changing anything`() throws {
    let folder = try TestFolder()
    #expect(!FolderLock.isTaken(folder.url) && folder.listing.isEmpty)
    // What a kill left is nobody's.
    try folder.write(Data("1\n".utf8), to: "lock")
    #expect(!FolderLock.isTaken(folder.url))
    #expect(try folder.data("lock") == Data("1\n".utf8))
    do {
      let lock = try FolderLock(of: folder.url)
      #expect(lock.isHeld && FolderLock.isTaken(folder.url) && FolderLock.isTaken(folder.url))
    }
    #expect(!FolderLock.isTaken(folder.url))
  }

  @Test func `whoever takes a lock gets it, however many ask meanwhile`() throws {
    let folder = try TestFolder()
    let refused = Atomic(0)
    let isOver = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        for _ in 0..<500 where (try? FolderLock(of: folder.url)) == nil {
          refused.add(1, ordering: .relaxed)
        }
        isOver.store(true, ordering: .relaxed)
      } else {
        while !isOver.load(ordering: .relaxed) { _ = FolderLock.isTaken(folder.url) }
      }
    }
    #expect(refused.load(ordering: .relaxed) == 0)
  }

  @Test func `what somebody else is writing is no leftover`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c.d/deep", "e"] {
      try folder.write(Data(), to: "runs/\(name)/.x.aura-tmp")
    }
    // The lock of one that was killed is nobody's; a folder of that name is none.
    try folder.write(Data("1\n".utf8), to: "runs/b/lock")
    try folder.write(Data(), to: "runs/e/lock/image.png")
    let locks = try ["a", "c.d"].map {
      try FolderLock(of: folder.url.appending(path: "runs/\($0)"))
    }
    #expect(AtomicWrite.removeLeftovers(in: folder.url) == 2)
    #expect(
      folder.listing == [
        "runs", "runs/a", "runs/a/.x.aura-tmp", "runs/a/lock", "runs/b", "runs/c.d",
        "runs/c.d/deep", "runs/c.d/deep/.x.aura-tmp", "runs/c.d/lock", "runs/e", "runs/e/lock",
        "runs/e/lock/image.png",
      ])
    withExtendedLifetime(locks) {}
  }
}
