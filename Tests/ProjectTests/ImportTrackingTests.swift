import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ImportTrackingTests {
  private func labels(_ folder: TestFolder, _ path: String, _ cells: [UInt16]) throws {
    let all = cells.map(Float.init) + Array(repeating: 0, count: 24 - cells.count)
    let image = Image(width: 6, height: 4, bitDepth: 16, values: all)
    try folder.write(TIFF.encode(image), to: path)
  }

  private func dataSet() throws -> TestFolder {
    let folder = try TestFolder()
    for frame in 0..<4 { try folder.image("set/01/t00\(frame).tif") }
    try folder.image("set/02/t0000.tif")
    try labels(folder, "set/01_GT/SEG/man_seg000.tif", [1, 1, 0, 3])
    try labels(folder, "set/01_GT/TRA/man_track000.tif", [7, 0, 0, 9])
    // The second frame's gold lacks cell 9.
    try labels(folder, "set/01_GT/SEG/man_seg001.tif", [1, 1])
    try labels(folder, "set/01_GT/TRA/man_track001.tif", [7, 0, 0, 9])
    try labels(folder, "set/01_ST/SEG/man_seg000.tif", [1, 1, 1, 1, 1])
    try labels(folder, "set/01_ST/SEG/man_seg001.tif", [5, 5, 0, 2])
    try labels(folder, "set/01_ST/SEG/man_seg002.tif", [4])
    try labels(folder, "set/02_GT/SEG/man_seg0000.tif", [0, 2])
    return folder
  }

  @Test func `gold is taken where it is whole, silver elsewhere, a sequence is a group`() throws {
    let folder = try dataSet()
    let set = try ImportSet.cellTracking(folder.url.appending(path: "set"))
    let records = try Importer.write(set, to: folder.url.appending(path: "out"))
    #expect(
      records.map(\.image) == ["01/t000.png", "01/t001.png", "01/t002.png", "02/t0000.png"])
    #expect(records.map { ($0.foreground * 24).rounded() } == [3, 3, 1, 1])
    #expect(records.map(\.group) == ["01", "01", "01", "02"])
    #expect(set.notes.contains { $0.contains("1 gold frames") })
    #expect(set.notes.contains { $0.contains("1 frames of sequence 01 have no truth") })
    let scan = try ImageScan(of: folder.url.appending(path: "out"))
    #expect(scan.pairing.matches.count == 4 && scan.images.count == 4)
  }

  @Test func `one truth alone, and gold that lacks cells, are taken if asked for`() throws {
    let input = try dataSet()
    let set = input.url.appending(path: "set")
    #expect(
      try ImportSet.cellTracking(set, truth: .gold).items.map(\.name) == ["01/t000", "02/t0000"])
    #expect(
      try ImportSet.cellTracking(set, truth: .gold, keepsPartial: true).items.count == 3)
    #expect(
      try ImportSet.cellTracking(set, truth: .silver).items.map(\.name)
        == ["01/t000", "01/t001", "01/t002"])
  }

  @Test(.enabled(if: realData != nil, "no ../shared/data: there is no file of several pages"))
  func `a slice of a volume is an image of its own`() throws {
    let pages = try #require(realData).appending(path: "loader-cases/tiff-variants")
    let stacks = try ImageScan(of: pages).images.filter { $0.page == 2 }
    let stack = try #require(stacks.first).file
    let header = try ImageFile.header(stack)
    let folder = try TestFolder()
    try folder.write(try Data(contentsOf: stack), to: "set/01/t000.tif")
    let truth = Mask.leading(9, width: header.width, height: header.height)
    try folder.write(MaskFile.encode(truth), to: "set/01_GT/SEG/man_seg_000_002.tif")
    let set = try ImportSet.cellTracking(folder.url.appending(path: "set"))
    #expect(set.items.map(\.name) == ["01/t000-z2"])
    #expect(set.items.map(\.page) == [2])
    #expect(try Importer.write(set, to: folder.url.appending(path: "out")).count == 1)
  }

  @Test func `what is no such data set is refused in a line`() throws {
    let folder = try TestFolder()
    try folder.image("plain/a.png")
    try folder.image("bare/01/t000.tif")
    try folder.image("lost/01/t000.tif")
    try labels(folder, "lost/01_GT/SEG/man_seg007.tif", [1])
    for (name, says) in [("plain", "no sequence"), ("bare", "segmented"), ("lost", "no frame")] {
      do {
        _ = try ImportSet.cellTracking(folder.url.appending(path: name))
        Issue.record("\(name) is not refused")
      } catch {
        #expect("\(error)".contains(says), "\(error)")
      }
    }
    #expect(throws: ProjectError.self) {
      try ImportSet.cellTracking(folder.url.appending(path: "nowhere"))
    }
  }
}
