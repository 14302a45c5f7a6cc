import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct MaskMatchingTests {
  @Test func `masks in a folder with a telling name belong to images by stem, prefix or suffix`()
    throws
  {
    let folder = try TestFolder()
    for name in ["B01", "B02", "B03", "B04"] { try folder.image("RawImages/\(name).png") }
    for name in ["B01.png", "seg_B02.png", "B03-mask.tif", "B04.png.png", "B99.png"] {
      try folder.mask("GoldStandard/\(name)")
    }
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.count == 4)
    #expect(
      scan.pairing.matches.map { "\($0.key) \($0.source.file.lastPathComponent)" } == [
        "RawImages/B01.png B01.png", "RawImages/B02.png seg_B02.png",
        "RawImages/B03.png B03-mask.tif", "RawImages/B04.png B04.png.png",
      ])
    #expect(scan.pairing.strays == ["GoldStandard/B99.png"])
  }

  @Test func `beside images only a prefix or suffix makes a mask`() throws {
    let folder = try TestFolder()
    for path in ["a.tif", "a_mask.png", "seg_b.png", "c_seg.png", "c.png", "x/c_mask.png"] {
      try folder.image(path)
    }
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["a.tif", "c.png", "seg_b.png", "x/c_mask.png"])
    #expect(scan.pairing.matches.map(\.key.text) == ["a.tif", "c.png"])
  }

  @Test func `a folder of images that is called labels holds images`() throws {
    let folder = try TestFolder()
    try folder.image("labels/1.png")
    try folder.image("labels/2.png")
    #expect(try ImageScan(of: folder.url).images.count == 2)
  }

  @Test func `of several masks of an image the telling one is taken`() throws {
    let folder = try TestFolder()
    try folder.image("images/a.tif")
    try folder.mask("labels/a.png")
    try folder.mask("masks/a.png")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.count == 1 && scan.pairing.strays.isEmpty)
    #expect(
      scan.pairing.matches.map { $0.source.file.path } == [folder.url.path + "/masks/a.png"])
    #expect(
      scan.pairing.notes == ["1 mask is passed over, such as 'labels/a.png' for 'masks/a.png'"])
  }

  @Test func `namesakes are told apart by their folders, or not matched at all`() throws {
    let folder = try TestFolder()
    for path in ["wt/a.tif", "ko/a.tif", "p/q/b.tif", "p/r/b.tif"] { try folder.image(path) }
    for path in ["masks/wt/a.png", "ko/masks/a.png", "masks/b.png"] { try folder.mask(path) }
    let scan = try ImageScan(of: folder.url)
    #expect(
      scan.pairing.matches.map {
        "\($0.key) \($0.source.file.path.dropFirst(folder.url.path.count))"
      } == [
        "ko/a.tif /ko/masks/a.png", "wt/a.tif /masks/wt/a.png",
      ])
    #expect(
      scan.pairing.notes == [
        "1 mask fits several images and is not taken, such as 'masks/b.png': 'p/q/b.tif' or 'p/r/b.tif'"
      ])
  }

  @Test func `a stack of masks belongs to the pages of a stack, a single one to a page`() throws {
    let folder = try TestFolder()
    try folder.image("s.tif")
    try folder.image("t.tif")
    try folder.image("masks/s.tif")
    try folder.mask("masks/t.tif#2.png")
    let scan = try ImageScan(of: folder.url, reader: .pages { _ in 3 })
    #expect(scan.images.count == 6)
    #expect(
      scan.pairing.matches.map(\.key.text) == ["s.tif#1", "s.tif#2", "s.tif#3", "t.tif#2"])
    #expect(scan.pairing.matches.flatMap(\.source.pictures).map(\.page) == [0, 1, 2, 0])
  }

  @Test func `masks of another folder are matched when told`() throws {
    let images = try TestFolder()
    let masks = try TestFolder()
    try images.image("a.tif")
    try masks.mask("deep/a_cp_masks.png")
    let store = try ProjectStore.open(images: images.url)
    let found = try MaskMatching.match(folder: masks.url, images: store.sources)
    #expect(found.matches.map(\.key.text) == ["a.tif"] && found.notes.isEmpty)
    #expect(throws: ProjectError.self) {
      try MaskMatching.match(folder: masks.url.appending(path: "no"), images: store.sources)
    }
  }

  @Test func `mask folders beside the images are named`() throws {
    let folder = try TestFolder()
    try folder.image("images/a.png")
    try folder.mask("labels/a.png")
    try folder.mask("Masks/a.png")
    let found = MaskMatching.folders(beside: folder.url.appending(path: "images"))
    #expect(found.map(\.lastPathComponent) == ["Masks", "labels"])
  }

  @Test func `found masks are taken over once, and never over what was done here`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c", "d"] {
      try folder.image("\(name).png")
      try folder.mask("masks/\(name).png", area: 5)
    }
    try folder.mask("masks/d.png", area: 5, width: 5)
    let store = try ProjectStore.open(images: folder.url)
    try store.append(.drawing(0..<1), to: ImageKey("b.png"))
    #expect(store.report.foundMasks.count == 4)
    let result = try store.importMasks(store.report.foundMasks, values: .automatic, time: 9)
    #expect(result.imported.map(\.text) == ["a.png", "c.png"])
    #expect(result.kept.map(\.text) == ["b.png"])
    #expect(result.failures.map(\.key.text) == ["d.png"])
    #expect(result.summary.hasPrefix("2 masks taken over as accepted; "))
    #expect(result.summary.contains("; 1 left as decided here before; 1 refused"))
    #expect(try store.acceptedCells(of: ImageKey("c.png"))?.mask == .leading(5))
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.labelledKeys.map(\.text) == ["a.png", "c.png"])
    #expect(again.report.foundMasks.map(\.key.text) == ["d.png"])
  }

  @Test(.enabled(if: realData != nil, "no ../shared/data: real folders are not looked at"))
  func `the published folders match image for image`() throws {
    let data = try #require(realData)
    // Numbered cells lie beside the masks of the second.
    let sets = [
      ("BU-BIL/BU-BIL_Dataset1", 35, []), ("usiigaci-samples", 12, ["12 masks are passed over"]),
    ]
    for (name, images, notes) in sets {
      let scan = try ImageScan(of: data.appending(path: name))
      #expect(scan.images.count == images, "\(name)")
      #expect(scan.pairing.matches.count == images, "\(name)")
      #expect(scan.pairing.notes.map { $0.prefix { $0 != "," } } == notes.map { $0[...] })
      #expect(scan.sortingNotices.isEmpty, "\(name)")
    }
  }
}
