import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// A file is never its own mask.
struct OwnMasksTests {
  private func folder() throws -> (TestFolder, [ImageSource]) {
    let folder = try TestFolder()
    for name in ["a", "b"] { try folder.picture("images/\(name).tif") }
    return (folder, try ImageScan(of: folder.url.appending(path: "images")).images)
  }

  @Test func `a folder of images is not that of its masks, by whatever path`() throws {
    let (folder, images) = try folder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "images")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "linked"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "hard"), withIntermediateDirectories: true)
    for name in ["a.tif", "b.tif"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("linked/\(name)"), withDestinationPath: "../images/\(name)")
      try FileManager.default.linkItem(
        atPath: folder.path("images/\(name)"), toPath: folder.path("hard/\(name)"))
    }
    for path in ["images", "images/../images/", "link", "hard"] {
      let masks = folder.url.appending(path: path)
      #expect(throws: ProjectError.ownMasks(masks.path, example: "a.tif"), "\(path)") {
        try MaskMatching.match(folder: masks, images: images)
      }
    }
    #expect(throws: ProjectError.ownMasks(folder.path("linked"), example: "a.tif")) {
      try MaskMatching.match(
        folder: folder.url.appending(path: "linked"), images: images, links: LinkChoice(true))
    }
  }

  @Test func `masks that lie in the folder of images are found though it is given as theirs`()
    throws
  {
    let (folder, images) = try folder()
    try folder.picture("images/a_mask.png", isMask: true)
    try folder.picture("truth/b.png", isMask: true)
    let own = try MaskMatching.match(folder: folder.url.appending(path: "images"), images: images)
    #expect(own.matches.map(\.source.file.lastPathComponent) == ["a_mask.png"])
    #expect(own.notes == ["2 files among the masks are images themselves, such as 'a.tif'"])
    let above = try MaskMatching.match(folder: folder.url, images: images)
    #expect(
      above.matches.map(\.source.file.lastPathComponent) == ["a_mask.png", "b.png"])
  }

  @Test func `a second name of an image among masks is none of it`() throws {
    let folder = try TestFolder()
    try folder.picture("images/a.tif")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "masks"), withIntermediateDirectories: true)
    try FileManager.default.linkItem(
      atPath: folder.path("images/a.tif"), toPath: folder.path("masks/a.tif"))
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["images/a.tif"] && scan.pairing.matches.isEmpty)
    #expect(
      scan.pairing.notes == ["1 file among the masks is an image itself, such as 'masks/a.tif'"])
  }
}
