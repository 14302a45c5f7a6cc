import Basics
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct FolderListingTests {
  private func link(_ folder: TestFolder, _ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path(name), withDestinationPath: target)
  }

  @Test(arguments: UInt64(0)..<8)
  func `a file has one name, whatever order the disk has folders and links to them in`(
    seed: UInt64
  ) throws {
    let folder = try TestFolder()
    var generator = SeededGenerator(seed: seed, stream: 1)
    let names = (0..<12).map { "b/\($0).png" } + ["b/x/1.png"]
    for path in generator.shuffled(names) { try folder.image(path) }
    for (name, target) in generator.shuffled([
      ("a", "b"), ("c", "b/x"), ("0.png", "b/1.png"), ("b/x/up", "../.."), ("b/x/self", "."),
      ("z", "a"), ("lost", "nowhere"), ("round", "round"),
    ]) {
      try link(folder, name, to: target)
    }
    let listing = try FolderListing(of: folder.url)
    #expect(listing.files == names)
    #expect(listing.links.isEmpty && listing.unread.isEmpty && listing.hasLinks)
    #expect(try FolderListing(of: folder.url, followsLinks: true).files == listing.files)
  }

  @Test func `links that lead out are named, and followed once and without end only if asked`()
    throws
  {
    let folder = try TestFolder()
    for path in ["in/1.png", "out/1.png", "out/sub/2.png"] { try folder.image(path) }
    try folder.write(Data(), to: "out/notes.txt")
    for (name, target) in [
      ("in/up", ".."), ("in/b", "../out"), ("in/c.png", "../out/1.png"), ("out/back", "../in"),
      ("out/loop", ".."), ("in/notes.txt", "../out/notes.txt"),
    ] {
      try link(folder, name, to: target)
    }
    let images = folder.url.appending(path: "in")
    let listing = try FolderListing(of: images)
    #expect(listing.files == ["1.png"])
    #expect(listing.links == ["b", "c.png", "up"], "a link to no picture is no loss")
    let followed = try FolderListing(of: images, followsLinks: true)
    #expect(followed.files == ["1.png", "b/1.png", "b/notes.txt", "b/sub/2.png"])
    #expect(followed.links.isEmpty)
  }

  @Test func `one mask may be that of several images by links`() throws {
    let (folder, masks) = (try TestFolder(), try TestFolder())
    for name in ["a.png", "b.png", "c.png"] { try folder.image(name) }
    try masks.image("a.png")
    try masks.image(".store/x.png")
    try link(masks, "b.png", to: "a.png")
    try link(masks, "c.png", to: ".store/x.png")
    let images = try ProjectStore.open(images: folder.url, access: .readOnly).sources
    let found = try MaskMatching.match(folder: masks.url, images: images)
    #expect(found.matches.map(\.key.text) == ["a.png", "b.png", "c.png"])
    #expect(found.strays.isEmpty && found.leftOut.notices.isEmpty)
  }

  @Test func `links to hidden files lead out too, and two to one file are one image`() throws {
    let folder = try TestFolder()
    try folder.image(".annex/7f.png")
    for name in ["b.png", "a.png"] { try link(folder, name, to: ".annex/7f.png") }
    #expect(try FolderListing(of: folder.url).links == ["a.png", "b.png"])
    #expect(try FolderListing(of: folder.url, followsLinks: true).files == ["a.png"])
    #expect(throws: ProjectError.onlyLinks(folder.url.path, count: 2, example: "a.png")) {
      try ProjectStore.open(images: folder.url)
    }
    #expect(folder.listing.allSatisfy { !$0.hasPrefix(".aura") }, "nothing is made")
    let store = try ProjectStore.open(images: folder.url, links: LinkChoice(true))
    #expect(store.keys.map(\.text) == ["a.png"])
  }

  @Test func `whether links are followed is kept in the project, told, and can be taken back`()
    throws
  {
    let folder = try TestFolder()
    for path in ["in/1.png", "out/2.png"] { try folder.image(path) }
    try link(folder, "in/b", to: "../out")
    let images = folder.url.appending(path: "in")
    func keys(_ choice: LinkChoice = LinkChoice(by: "--ask")) throws -> [String] {
      try ProjectStore.open(images: images, links: choice).keys.map(\.text)
    }
    let told = try ProjectStore.open(images: images, links: LinkChoice(by: "--ask")).report.notices
    #expect(told == ["the link 'b' leads out of the folder and is not followed (--ask)"])
    #expect(try keys(LinkChoice(true)) == ["1.png", "b/2.png"])
    #expect(try keys() == ["1.png", "b/2.png"])
    #expect(try keys(LinkChoice(false)) == ["1.png"])
    #expect(try keys() == ["1.png"])
  }

  @Test func `images of a project of the version before stay where links led to them`() throws {
    let folder = try TestFolder()
    for path in ["in/1.png", "in/b/2.png", "in/c/3.png"] { try folder.image(path) }
    let images = folder.url.appending(path: "in")
    let names = ["b/2.png", "c/3.png"].map(ImageKey.init)
    for key in names {
      let store = try ProjectStore.open(images: images)
      try store.decide(Decision(image: key, state: .accepted, time: 1), mask: .leading(3))
    }
    // What was a folder is one outside; what was another is a second name of one inside.
    try FileManager.default.moveItem(atPath: folder.path("in/b"), toPath: folder.path("out"))
    try link(folder, "in/b", to: "../out")
    try FileManager.default.moveItem(atPath: folder.path("in/c"), toPath: folder.path("in/d"))
    try link(folder, "in/c", to: "d")
    for access in [ProjectStore.Access.readOnly, .readWrite] {
      let store = try ProjectStore.open(images: images, access: access)
      #expect(store.keys.map(\.text) == ["1.png", "b/2.png", "c/3.png"])
      #expect(store.labelledKeys == names && store.report.gone.isEmpty)
      #expect(store.report.notices.count == 1, "that links are followed")
    }
    let store = try ProjectStore.open(images: images)
    #expect(store.settings.followsLinks == true && store.report.notices.isEmpty)
    store.close()
    #expect(
      try ProjectStore.open(images: images, links: LinkChoice(false)).report.gone == [names[0]])
  }

  @Test func `labels of an image that is gone are counted, named and kept`() throws {
    let folder = try TestFolder()
    for path in ["a.png", "b.png", "c.png"] { try folder.image(path) }
    let keys = ["a.png", "b.png", "c.png"].map(ImageKey.init)
    let store = try ProjectStore.open(images: folder.url)
    try store.decide(Decision(image: keys[0], state: .accepted, time: 1), mask: .leading(3))
    try store.append(.drawing(2..<7), to: keys[1])
    store.close()
    let image = try folder.data("a.png")
    for path in ["a.png", "b.png"] {
      try FileManager.default.removeItem(atPath: folder.path(path))
    }
    let left = try ProjectStore.open(images: folder.url)
    left.close()
    #expect(left.report.gone == [keys[0], keys[1]])
    #expect(left.report.notices.count == 1)
    #expect(left.report.notices[0].hasPrefix("2 labelled images are gone"))
    try folder.write(image, to: "a.png")
    #expect(
      try ProjectStore.open(images: folder.url).acceptedCells(of: keys[0])?.mask == .leading(3))
  }
}
