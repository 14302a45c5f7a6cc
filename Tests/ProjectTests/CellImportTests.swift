import Basics
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Cells that others told apart, taken over and imported.
struct CellImportTests {
  private let a = ImageKey("a.png")

  /// Numbers of cells on 6x4 pixels, in a file that keeps numbers of 32 bits.
  private func labels(_ numbers: [Int: Range<Int>], _ name: String, in folder: TestFolder) throws {
    var values = [Float](repeating: 0, count: 24)
    for (number, run) in numbers { for place in run { values[place] = Float(number) } }
    let image = Image(width: 6, height: 4, bitDepth: 32, values: values)
    try folder.write(TIFF.encode(image, bitDepth: 32), to: name)
  }

  private func taken(_ folder: TestFolder) throws -> (store: ProjectStore, import: MaskImport?) {
    let store = try ProjectStore.open(images: folder.url)
    return (store, try store.takeFoundMasks(values: nil, time: 1))
  }

  @Test func `cells of a label image are taken over with their numbers, large ones counted anew`()
    throws
  {
    for (numbers, expected) in [
      ([3: 0..<2, 40: 2..<5, 65_535: 20..<22], [3: 2, 40: 3, 65_535: 2] as [UInt16: Int]),
      ([3: 0..<2, 40: 2..<5, 70_000: 20..<22], [1: 2, 2: 3, 3: 2]),
    ] {
      let folder = try TestFolder()
      try folder.image("a.png")
      try labels(numbers, "masks/a.tif", in: folder)
      let store = try ProjectStore.open(images: folder.url)
      let result = try store.takeFoundMasks(values: try MaskValues("labels"), time: 1)
      #expect(result?.imported == [a])
      #expect(try store.acceptedCells(of: a)?.areas == expected)
      #expect(store.entry(of: a).cells == 3 && store.settings.version == 2)
    }
  }

  @Test func `a mask that tells no cells apart is kept as one, and its pieces are counted`() throws
  {
    let folder = try TestFolder()
    try folder.image("a.png")
    try folder.mask("masks/a.png", area: 8)
    let store = try taken(folder).store
    #expect(try store.acceptedAnnotation(of: a) == Annotation(.leading(8)))
    #expect(store.entry(of: a).cells == 1)
    #expect(try folder.data(".aura/masks/a.png.png") == MaskFile.encode(.leading(8)))
    #expect(store.settings.version == 1, "an older program reads it as ever")
  }

  @Test func `more cells than are counted are one image's trouble`() throws {
    let folder = try TestFolder()
    let side = 264
    try folder.image("a.png", width: side, height: side)
    try folder.image("b.png")
    let values = (0..<side * side).map { Float($0) }
    let image = Image(width: side, height: side, bitDepth: 32, values: values)
    try folder.write(TIFF.encode(image, bitDepth: 32), to: "masks/a.tif")
    try labels([1: 0..<3, 2: 3..<5], "masks/b.tif", in: folder)
    let store = try ProjectStore.open(images: folder.url)
    let result = try store.takeFoundMasks(values: try MaskValues("labels"), time: 1)
    #expect(result?.imported == [ImageKey("b.png")])
    #expect(
      result?.failures.map(\.reason) == [
        "a.tif has 69695 different cells, and 65535 of an image are told apart: cut it into smaller"
          + " images"
      ])
  }

  @Test func `outlines and packed runs of COCO are cells, the later on top`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let text =
      #"{"images":[{"id":1,"file_name":"a.png","width":6,"height":4}],"annotations":["#
      + #"{"image_id":1,"segmentation":[[0,0,2,0,2,2,0,2],[4,0,6,0,6,1,4,1]]},"#
      + #"{"image_id":1,"segmentation":{"counts":"525O6","size":[4,6]}},"#
      + #"{"image_id":1,"segmentation":{"counts":[24],"size":[4,6]}},"#
      + #"{"image_id":1,"segmentation":[[1,1,3,1,3,2,1,2]]}]}"#
    try folder.write(Data(text.utf8), to: "coco.json")
    let store = try taken(folder).store
    // The first is in two parts, the third has no pixel.
    #expect(
      try store.acceptedCells(of: a)?.labels == [
        1, 1, 0, 2, 1, 1, 1, 4, 4, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ])
    #expect(store.entry(of: a).cells == 3)
  }

  @Test(arguments: 0..<30)
  func `cells are drawn one by one as on an image of their own`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (width, height) = (3 + generator.index(below: 40), 3 + generator.index(below: 40))
    func coordinate(_ side: Int) -> Double {
      Double(generator.index(below: 30 * side)) / 10 - Double(side)
    }
    let cells = (0..<12).map { _ in
      (0..<1 + generator.index(below: 2)).map { _ -> CellOutlineShape in
        guard generator.index(below: 4) > 0 else {
          let start = generator.index(below: width * height)
          let length = generator.index(below: width * height - start + 1)
          return .runs(
            [start, length, width * height - start - length], width: width, height: height)
        }
        return .polygon(
          (0..<3 + generator.index(below: 5)).flatMap { _ in
            [coordinate(width), coordinate(height)]
          })
      }
    }
    var expected = LabelImage(width: width, height: height)
    for (place, shapes) in cells.enumerated() {
      var cell = Mask(width: width, height: height)
      for shape in shapes { shape.fill(&cell) }
      for index in cell.pixels.indices where cell.pixels[index] == 1 {
        expected.fill(index..<index + 1, with: UInt16(place + 1))
      }
    }
    let drawn = try Annotation(cells: cells, width: width, height: height, file: "c.json")
    #expect(drawn.cells == expected)
  }

  @Test func `a data set is imported with its cells, and opens with them`() throws {
    let folder = try TestFolder()
    let numbers: [[Int: Range<Int>]] = [
      [1: 0..<3, 2: 3..<6, 7: 12..<14], [2: 0..<2, 300: 6..<9], [5: 6..<8, 6: 8..<10, 9: 18..<20],
    ]
    for (place, cells) in numbers.enumerated() {
      try folder.image("set/images/\(place).png")
      try labels(cells, "set/masks/\(place).tif", in: folder)
    }
    let set = try ImportSet.masks(of: folder.url.appending(path: "set"))
    let out = folder.url.appending(path: "out")
    _ = try Importer.write(set, to: out)
    let store = try ProjectStore.open(images: out)
    for (place, cells) in numbers.enumerated() {
      let file = out.appending(path: "masks/\(place).png")
      let written = try MaskFile.read(file, rule: .project)
      #expect(written.cells?.areas == areas(cells))
      #expect(try ImageFile.read(file).bitDepth == 16)
    }
    #expect(try store.takeFoundMasks(values: nil, time: 1)?.imported.count == 3)
    for (place, cells) in numbers.enumerated() {
      #expect(try store.acceptedCells(of: ImageKey("\(place).png"))?.areas == areas(cells))
    }
  }

  private func areas(_ cells: [Int: Range<Int>]) -> [UInt16: Int] {
    Dictionary(uniqueKeysWithValues: cells.map { (UInt16($0.key), $0.value.count) })
  }

  @Test func `a crop keeps the cells in it with their numbers`() throws {
    let folder = try TestFolder()
    try folder.image("a.png", width: 300, height: 240)
    var values = [Float](repeating: 0, count: 300 * 240)
    for y in 100..<120 {
      for x in 50..<90 { values[y * 300 + x] = x < 70 ? 12 : 13 }
    }
    let image = Image(width: 300, height: 240, bitDepth: 16, values: values)
    try folder.write(PNG.encode(image, bitDepth: 16), to: "m.png")
    let item = ImportItem(
      name: "a", image: folder.url.appending(path: "a.png"),
      truth: .mask(.picture(folder.url.appending(path: "m.png"), page: 0), rule: .labels),
      isCropped: true)
    let out = folder.url.appending(path: "out")
    let record = try Importer.write(try ImportSet(items: [item]), to: out)[0]
    #expect(record.width == 192)
    let read = try MaskFile.read(out.appending(path: "masks/a.png"), rule: .project)
    #expect(read.cells?.areas == [12: 400, 13: 400])
  }
}
