import Files
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct HostileNamesTests {
  @Test func `what file servers and packers leave is no image, and not told`() throws {
    let folder = try TestFolder()
    for path in [
      "a.png", "@eaDir/a.png/SYNOPHOTO_THUMB_M.png", "sub/@eaDir/x.png", "__MACOSX/a.png",
      ".ipynb_checkpoints/a-checkpoint.png", "._a.png", "$RECYCLE.BIN/b.png", "#recycle/c.png",
    ] {
      try folder.image(path)
    }
    try folder.write(Data("x".utf8), to: "Thumbs.db")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["a.png"])
    #expect(scan.refused.isEmpty && scan.leftOut.notices.isEmpty)
  }

  @Test func `a folder that is an image of another format is told as one, and not looked into`()
    throws
  {
    let folder = try TestFolder()
    for path in ["a.png", "cells.zarr/0/preview.png", "plain/0/x.png", "n5.n5/x.png"] {
      try folder.image(path)
    }
    try folder.write(Data("{}".utf8), to: "plain/.zattrs")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["a.png"])
    #expect(Set(scan.refused.map(\.path)) == ["cells.zarr", "plain", "n5.n5"])
    #expect(scan.refused.allSatisfy { $0.reason.contains("folder: ") })
    let zarr = folder.url.appending(path: "cells.zarr")
    #expect {
      try ProjectStore.open(images: zarr)
    } throws: {
      "\($0)".contains("such as 'cells.zarr', a Zarr folder: ")
    }
  }

  @Test func `a name that is no text is told with its bytes, and costs itself alone`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    try folder.copy("a.png", toBytes: #"caf\351.png"#)
    try folder.copy("a.png", toBytes: #"\303(.txt"#)
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.keys.map(\.text) == ["a.png"])
    #expect(
      store.report.leftOut.unread == [
        RefusedFile(path: #"caf\xe9.png"#, reason: "its name is no UTF-8; rename it")
      ])
    #expect(store.report.notices.count == 1)
  }

  @Test func `strange names are those of images as they are`() throws {
    let folder = try TestFolder()
    let names = [
      "a#2.png", "50%.png", "a b.png", "a?.png", "a\\b.png", "caf\u{E9}.png", "e\u{301}.png",
    ]
    for name in names + ["line\nbreak.png"] { try folder.image(name) }
    let store = try ProjectStore.open(images: folder.url)
    #expect(Set(store.keys.map(\.text)) == Set(names + ["line\nbreak.png"]))
    for key in store.keys {
      _ = try store.source(of: key).read()
      try store.decide(Decision(image: key, state: .accepted, time: 1), mask: .leading(3))
    }
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.labelledKeys.count == names.count + 1 && again.report.notices.isEmpty)
  }

  @Test func `a name of 255 bytes has a mask and a proposal of its own`() throws {
    let folder = try TestFolder()
    let start = String(repeating: "x", count: 246)
    let names = ["\(start)ab.png", "\(start)abc.png", "\(start)Cabd.png", "\(start)ab\u{E4}.png"]
    for name in names { try folder.image(name) }
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.keys.count == 4)
    for (place, key) in store.keys.enumerated() {
      try store.decide(
        Decision(image: key, state: .accepted, time: 1), mask: .leading(3 + place))
      try store.propose(
        .leading(9 + place), Proposal(image: key, uncertainty: 0, run: "r", time: 2))
    }
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    for (place, key) in again.keys.enumerated() {
      #expect(try again.acceptedCells(of: key)?.mask == .leading(3 + place))
      #expect(again.proposal(of: key)?.mask == .leading(9 + place))
    }
    let masks = try FileManager.default.contentsOfDirectory(atPath: folder.path(".aura/masks"))
    #expect(masks.count == 4 && masks.allSatisfy { $0.utf8.count <= 255 })
  }
}

extension TestFolder {
  /// Copies a file to a name that is written as `printf` takes it, `\351` for a byte.
  fileprivate func copy(_ file: String, toBytes name: String) throws {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", #"cp "$1" "$(printf "$2")""#, "sh", file, name]
    shell.currentDirectoryURL = url
    try shell.run()
    shell.waitUntilExit()
    try #require(shell.terminationStatus == 0)
  }
}
