import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct MaskTwinsTests {
  private func matches(_ scan: ImageScan) -> [String] {
    scan.pairing.matches.map { "\($0.key) \($0.source.file.lastPathComponent)" }
  }

  @Test func `of two folders with the same names the one with few flat values holds the masks`()
    throws
  {
    let folder = try TestFolder()
    for name in ["1", "2", "10"] {
      try folder.picture("exp/zeiss/\(name).tif")
      try folder.picture("exp/anna/\(name).png", isMask: true)
    }
    try folder.picture("exp/anna/11.png", isMask: true)
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["1", "2", "10"].map { "exp/zeiss/\($0).tif" })
    #expect(scan.pairing.matches.map(\.key) == scan.images.map(\.key))
    #expect(scan.pairing.strays == ["exp/anna/11.png"])
    #expect(scan.pairing.matches.allSatisfy { $0.source.file.path.contains("/anna/") })
    #expect(scan.pairing.acrossFolders.isEmpty)
    #expect(
      scan.sortingNotices == [
        "3 pictures are taken as masks of images of the same name, by their few flat values, such as"
          + " 'exp/anna/1.png'"
      ])
  }

  @Test func `of one name with two extensions the one with few flat values is the mask`() throws {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.picture("\(name).tif")
      try folder.picture("\(name).png", isMask: true)
      try folder.picture("other way/\(name).png")
      try folder.picture("other way/\(name).tif", isMask: true)
    }
    let scan = try ImageScan(of: folder.url)
    #expect(
      scan.images.map(\.key.text) == ["a.tif", "b.tif", "other way/a.png", "other way/b.png"])
    #expect(
      matches(scan) == [
        "a.tif a.png", "b.tif b.png", "other way/a.png a.tif", "other way/b.png b.tif",
      ])
  }

  @Test func `the same names in folders of images are images, told where they lie side by side`()
    throws
  {
    let folder = try TestFolder()
    for path in ["wt/1.tif", "ko/1.tif", "x.tif", "x.png"] { try folder.picture(path) }
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.count == 4 && scan.pairing == MaskPairing())
    #expect(
      scan.sortingNotices == [
        "1 image is there in two files of one name, such as 'x.png'; both are images"
      ])
  }

  @Test func `a copy with losses of an image that is there without is left out and told`() throws {
    let folder = try TestFolder()
    try folder.picture("x.tif")
    // What it is is known by its name and that of the other, and the other by its pixels.
    try folder.picture("x.jpg")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["x.tif"])
    #expect(scan.sortingNotices[0].hasPrefix("1 JPEG copy of images that are there without loss"))
  }

  @Test func `nothing is decoded where names decide, and a few files of each kind else`() {
    var looked: [String] = []
    func sort(_ paths: [String], _ answer: @escaping (String) -> Bool?) -> MaskSorting {
      looked = []
      return MaskSorting(paths) { path in
        looked.append(path)
        return answer(path)
      }
    }
    let many = (0..<5000).map { "a\($0).tif" }
    _ = sort(many) { _ in nil }
    #expect(looked.isEmpty)
    let paired = many.map { "images/\($0)" } + many.map { "masks/\($0)" }
    #expect(sort(paired) { _ in nil }.images.count == 5000 && looked.isEmpty)
    let twins = many.map { "p/\($0)" } + many.map { "q/\($0)" }
    let sorted = sort(twins) { $0.hasPrefix("q/") }
    #expect(sorted.images == many.map { "p/\($0)" } && sorted.masks.count == 5000)
    #expect(looked.count == 4, "three masks and one image: \(looked)")
    let wells = (0..<96).flatMap { well in (0..<4).map { "w\(well)/t\($0).tif" } }
    #expect(sort(wells) { _ in true }.images.count == 384 && looked.isEmpty)
    let lost = (0..<500).flatMap { ["\($0)/x.tif", "\($0)/labels/y.tif"] }
    _ = sort(lost) { _ in nil }
    #expect(looked.count <= 48)
  }

  @Test func `a blank picture or a mixed folder says nothing`() {
    let paths = ["1", "2", "3"].flatMap { ["p/\($0).tif", "q/\($0).tif"] }
    #expect(MaskSorting(paths) { _ in nil }.images.count == 6)
    #expect(MaskSorting(paths) { $0 == "q/1.tif" }.images.count == 6)
    #expect(
      MaskSorting(paths) { $0.hasPrefix("q/") ? ($0 == "q/2.tif" ? nil : true) : false }
        .images.count == 3)
    #expect(MaskSorting(paths) { _ in true }.images.count == 6, "two folders of masks")
  }

  @Test func `a folder that is called as masks are is one only if it holds some`() throws {
    let folder = try TestFolder()
    try folder.picture("cells/1.tif")
    try folder.picture("target/9.tif")
    let images = try ImageScan(of: folder.url)
    #expect(images.images.map(\.key.text) == ["cells/1.tif", "target/9.tif"])
    #expect(
      images.sortingNotices == [
        "'target' is called as masks are, but holds 1 image of other names: taken as images"
      ])
    try folder.picture("target/9.tif", isMask: true)
    let masks = try ImageScan(of: folder.url)
    #expect(masks.images.map(\.key.text) == ["cells/1.tif"])
    #expect(masks.pairing.strays == ["target/9.tif"] && masks.sortingNotices.isEmpty)
  }

  @Test func `what is called and looks like a mask is none of the images, and told`() throws {
    let folder = try TestFolder()
    for path in ["a.tif", "b.tif", "b_seg.tif"] { try folder.picture(path) }
    try folder.picture("lost_mask.png", isMask: true)
    let mixed = try ImageScan(of: folder.url)
    #expect(mixed.images.map(\.key.text) == ["a.tif", "b.tif"])
    #expect(mixed.pairing.strays == ["lost_mask.png"])
    #expect(mixed.pairing.matches.map(\.key.text) == ["b.tif"])
    let masks = try TestFolder()
    for path in ["a_mask.png", "b_mask.png"] { try masks.picture(path, isMask: true) }
    let alone = try ImageScan(of: masks.url)
    #expect(alone.images.count == 2)
    #expect(alone.sortingNotices == ["all 2 images look like masks, such as 'a_mask.png'"])
  }

  @Test func `an image of a project stays one though it would be a mask now`() throws {
    let folder = try TestFolder()
    try folder.picture("1.tif")
    try folder.picture("anna/1.tif", isMask: true)
    try folder.picture("zeiss/1.tif")
    #expect(try ProjectStore.open(images: folder.url).keys.count == 2)
    try folder.write(
      Data(#"{"image":"anna/1.tif","state":"rejected","time":1}"#.utf8 + [0x0A]),
      to: ".aura/review.jsonl")
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.keys.map(\.text) == ["1.tif", "anna/1.tif", "zeiss/1.tif"])
    #expect(store.report.foundMasks.isEmpty && store.report.pairing.strays.isEmpty)
    #expect(store.report.notices.contains { $0.contains("stays one, such as 'anna/1.tif'") })
  }
}
