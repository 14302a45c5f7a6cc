import Files
import Basics
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ImageScanTests {
  @Test func `images are found in any depth, as people count, without hidden ones`() throws {
    let folder = try TestFolder()
    for path in ["img10.png", "img2.TIF", "b/x/1.tiff", ".hidden.png", ".aura/masks/img2.png"] {
      try folder.image(path)
    }
    try folder.write(Data("x".utf8), to: "notes.txt")
    try folder.write(Data([0xFF, 0xD8, 0xFF]), to: "photo.GIF")
    try folder.write(Data("II*\0 no more".utf8), to: "broken.tif")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["b/x/1.tiff", "img2.TIF", "img10.png"])
    #expect(scan.refused.map(\.path) == ["photo.GIF"])
    #expect(scan.leftOut.unread.map(\.path) == ["broken.tif"])
    #expect(scan.pairing == MaskPairing())
  }

  @Test func `each page of a file is an image`() throws {
    let folder = try TestFolder()
    try folder.image("stack.tif")
    try folder.image("one.tif")
    let scan = try ImageScan(
      of: folder.url, reader: .pages { $0.lastPathComponent == "stack.tif" ? 11 : 1 })
    #expect(scan.images.count == 12)
    #expect(scan.images[0].key.text == "one.tif")
    #expect(scan.images[2].key.text == "stack.tif#2" && scan.images[2].page == 1)
    #expect(scan.images[11].key.text == "stack.tif#11")
  }

  @Test func `a link that leads back is entered once`() throws {
    let folder = try TestFolder()
    try folder.image("a/1.png")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "a/again"), withDestinationURL: folder.url)
    #expect(try ImageScan(of: folder.url).images.map(\.key.text) == ["a/1.png"])
  }

  @Test func `a folder without images, a file and a missing folder are told apart`() throws {
    let folder = try TestFolder()
    try folder.write(Data([0xFF]), to: "photo.gif")
    let path = folder.url.path
    #expect {
      try ProjectStore.open(images: folder.url)
    } throws: {
      "\($0)".hasPrefix(
        "no image (TIFF, PNG, JPEG, BMP) in '\(path)' or the folders in it (1 other picture,")
        && "\($0)".contains("such as 'photo.gif', a GIF: convert it")
    }
    #expect(folder.listing == ["photo.gif"], "nothing is made in a folder without images")
    let missing = folder.url.appending(path: "nowhere")
    #expect(throws: ProjectError.file(.noFolder(missing.path))) { try ImageScan(of: missing) }
    #expect(throws: ProjectError.file(.noFolder(path + "/photo.gif"))) {
      try ImageScan(of: folder.url.appending(path: "photo.gif"))
    }
  }

  @Test func `the files of a project among the images are not images`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    for project in [folder.url, folder.url.appending(path: "project")] {
      let store = try ProjectStore.open(images: folder.url, project: project)
      let key = ImageKey("a.png")
      try store.decide(Decision(image: key, state: .accepted, time: 1), mask: .leading(3))
      try store.propose(.leading(1), Proposal(image: key, uncertainty: 0, run: "x", time: 2))
      store.close()
      let again = try ProjectStore.open(images: folder.url, project: project)
      #expect(again.keys == [key])
      #expect(again.report.foundMasks.isEmpty && again.report.notices.isEmpty)
    }
  }
}
