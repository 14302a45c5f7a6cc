import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing

@testable import Workflows

struct FolderCheckTests {
  private static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    for name in ["a", "b", "c"] { try folder.image("images/\(name).png") }
    try folder.mask("masks/a.png", area: 5)
    return folder
  }

  private static func checked(_ folder: TestFolder, isQuick: Bool = false) throws -> Checked {
    try Checked(folder.path("images"), masks: folder.path("masks"), isQuick: isQuick)
  }

  @Test func `an image's record has its size, contrast and mask`() throws {
    let checked = try Self.checked(Self.folder())
    let record = try #require(checked.records["a.png"])
    #expect(record.width == 6 && record.height == 4 && record.bits == 8)
    #expect(record.mask?.file == "a.png" && record.mask?.share == 5.0 / 24)
    #expect(record.mask?.objects == 1 && record.mask?.labelled == false)
    #expect(record.contrast?.count == 2 && record.odd == [])
    #expect(checked.records["b.png"]?.mask == nil)
    #expect(checked.text.hasPrefix("3 images, 6x4, 8 bit; 1 with masks, 21 % cell, 1 object\n"))
  }

  @Test func `what is of another size is told, of images and of masks`() throws {
    let folder = try Self.folder()
    try folder.image("images/d.png", width: 8)
    try folder.mask("masks/b.png", width: 9)
    for isQuick in [false, true] {
      let checked = try Self.checked(folder, isQuick: isQuick)
      #expect(checked.records["d.png"]?.odd == ["8x4, most are 6x4"])
      #expect(checked.records["b.png"]?.mask?.failure?.contains("9x4") == true)
      #expect(checked.summary.failures == 1)
      #expect(checked.text.contains("images are of 2 sizes: 6x4 (3), 8x4 (1)"))
    }
  }

  @Test func `a look at headers reads neither pixels nor masks`() throws {
    let checked = try Self.checked(Self.folder(), isQuick: true)
    let record = try #require(checked.records["a.png"])
    #expect(record.width == 6 && record.contrast == nil)
    #expect(record.mask?.file == "a.png" && record.mask?.share == nil)
  }

  @Test func `an image that is all alike, and one that is saturated, are told`() throws {
    let folder = try Self.folder()
    func write(_ values: [Float], _ name: String) throws {
      let image = Image(width: 20, height: 10, bitDepth: 8, values: values)
      try folder.write(PNG.encode(image), to: "images/\(name).png")
    }
    try write(Array(repeating: 7, count: 200), "flat")
    try write((0..<200).map { Float(min($0 + 60, 255)) }, "bright")
    try write((0..<200).map { Float($0) }, "plain")
    let checked = try Self.checked(folder)
    #expect(checked.records["flat.png"]?.odd.contains("all pixels are alike") == true)
    #expect(
      checked.records["bright.png"]?.odd.contains {
        $0.hasPrefix("2.5 % of the pixels are at the brightest value, 255")
      } == true)
    #expect(checked.records["plain.png"]?.odd.contains { $0.contains("pixels") } == false)
  }

  @Test func `every mask of no image is told with the names that are near`() throws {
    let folder = try Self.folder()
    try folder.image("images/cells_01.png")
    for name in ["cells_011", "zzzzzzzz"] { try folder.mask("masks/\(name).png") }
    let checked = try Self.checked(folder)
    let strays = checked.check.findings.filter { $0.kind == .stray }
    #expect(strays.map(\.place) == ["cells_011.png", "zzzzzzzz.png"])
    #expect(strays.map(\.text) == ["near: 'cells_01.png'", ""])
  }

  @Test func `a damaged image is told, and the others are looked at`() throws {
    let folder = try Self.folder()
    try folder.write(try folder.data("images/b.png").prefix(40), to: "images/b.png")
    let checked = try Self.checked(folder)
    #expect(checked.records["b.png"]?.failure != nil)
    #expect(checked.records["c.png"]?.failure == nil && checked.summary.failures == 1)
    #expect(checked.text.contains("1 cannot be read"))
  }

  @Test func `a stop ends the look between two images`() throws {
    let folder = try Self.folder()
    var check = FolderCheck(try ImageFolder(folder.path("images")))
    let stop = StopRequest()
    var seen: [String] = []
    check.run(stop: stop) { record in
      seen.append(record.image)
      _ = stop.ask(2)
    }
    #expect(seen == ["a.png"])
  }

  @Test func `the table fits 80 columns, however long the names are`() throws {
    let folder = try Self.folder()
    let name = String(repeating: "long", count: 40)
    try folder.image("images/\(name).png")
    let text = try Self.checked(folder).text
    let table = text.split(separator: "\n").filter { $0.contains("6x4") && !$0.contains("image") }
    #expect(table.count == 4 && table.allSatisfy { $0.count <= 80 })
    #expect(table.contains { $0.contains("longlong.png") })
  }

  @Test func `the CSV has a row an image under its headings`() throws {
    let rows = try Self.checked(Self.folder()).summary.csv.split(separator: "\n")
    #expect(rows.count == 4)
    #expect(rows[0].hasPrefix("image,axes,width,height,bits,float,"))
    #expect(rows[1].hasPrefix("a.png,,6,4,8,no,no,1,,,1,,,"))
  }

  @Test func `what is told as JSON has the names of the help`() throws {
    let record = try #require(try Self.checked(Self.folder()).records["a.png"])
    let object = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(record))
    let keys = try #require(object as? [String: Any]).keys
    #expect(
      keys.sorted() == [
        "bits", "channels", "color", "contrast", "float", "height", "image", "mask", "odd", "pages",
        "width",
      ])
  }

  @Test func `at opening names and headers are told before pixels, each once`() throws {
    let folder = try Self.folder()
    try folder.image("images/d.png", width: 8)
    let flat = Image(width: 6, height: 4, bitDepth: 8, values: Array(repeating: 7, count: 24))
    try folder.write(PNG.encode(flat), to: "images/b.png")
    let store = try ProjectStore.open(
      images: folder.url.appending(path: "images"), access: .readOnly)
    var told: [[FolderFinding]] = []
    OpeningCheck.run(store, stop: StopRequest()) { told.append($0) }
    #expect(told.count == 2)
    #expect(told.first?.map(\.text) == ["images are of 2 sizes: 6x4 (3), 8x4 (1)"])
    #expect(
      told.last == [
        FolderFinding(.image, "b.png", "all pixels are alike"),
        FolderFinding(.image, "d.png", "8x4, most are 6x4"),
      ])
  }

  @Test(arguments: [
    ("", 0), ("x", 1), ("x x", 2), ("x \n x", 1), ("xx\n  xx", 1), ("x x\nx x\nxxx", 1),
    ("xxx\n   \nxxx", 2), ("x x\n x \nx x", 1), ("x   x\nx x x\nxxxxx", 1),
  ])
  func `pieces touch by an edge or a corner`(drawn: String, count: Int) {
    let lines = drawn.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let width = max(1, lines.map(\.count).max() ?? 0)
    var mask = Mask(width: width, height: lines.count)
    for (y, line) in lines.enumerated() {
      for (x, character) in line.enumerated() where character == "x" { mask[x, y] = true }
    }
    #expect(Pieces(of: mask).count == count)
  }
}
