import Foundation
import Objects
import TestSupport
import Testing

@testable import Imaging

@Suite("Cells for other programs")
struct CellFormatTests {
  /// The bytes of one image's file.
  private func bytes(_ name: String, _ exported: ExportedCells) throws -> Data {
    let format = try #require(CellFormat.named(name))
    switch format.writer {
    case .each(let encode): return try encode(exported)
    case .together(let begin):
      var writer = begin([])
      let data = try writer.add(exported)
      return data + writer.end()
    }
  }

  /// Images of all kinds, by their names.
  private func images() throws -> [(name: String, cells: LabelImage)] {
    let odd = try ExportGolden.load().cases.map { (name: $0.name, cells: $0.image) }
    let random = (0..<12).map { seed in
      (name: "seed \(seed)", cells: LabelImage.random(3 + 5 * seed, 40 - 3 * seed, seed: seed))
    }
    return odd + random
  }

  @Test("Each format has a name, a line and a file of its own")
  func table() {
    let all = CellFormat.all
    #expect(
      all.map(\.name) == [
        "labels-tiff", "png", "coco", "coco-polygons", "imagej-roi", "geojson", "csv", "overlay",
      ])
    #expect(Set(all.map(\.fileName)).count == all.count)
    #expect(all.allSatisfy { !$0.summary.contains("\n") && $0.summary.count < 90 })
    #expect(all.filter(\.needsPicture).map(\.name) == ["csv", "overlay"])
    #expect(CellFormat.named("doc") == nil)
  }

  @Test("Label images come back from TIFF and PNG, with the size of their pixels")
  func labels() throws {
    let folder = try TestFolder()
    let size = ImageContents.PixelSize(x: 0.5, y: 0.25)
    for (name, cells) in try images() {
      let exported = ExportedCells(of: "a.tif", cells, pixelSize: size)
      for (format, file) in [("labels-tiff", "a.tif"), ("png", "a.png")] {
        let data = try bytes(format, exported)
        try folder.write(data, to: file)
        let url = folder.url.appending(path: file)
        #expect(try LabelFile.read(data, file: file).cells == cells, "\(name), \(format)")
        #expect(try MaskFile.read(url, rule: .labels).cells == cells, "\(name), \(format)")
        let contents = try ImageFile.contents(of: url)
        #expect(contents.bits == 16 && contents.pixelSize == size, "\(name), \(format)")
        #expect(try bytes(format, exported) == data, "\(name), \(format)")
      }
    }
  }

  @Test("What nobody annotated is in the PNG")
  func unknown() throws {
    let cells = LabelImage(width: 3, height: 1, labels: [0, 4, 0])
    let unknown = Mask(width: 3, height: 1, pixels: [0, 0, 1])
    let data = try bytes("png", ExportedCells(of: "a.tif", cells, unknown: unknown))
    #expect(try LabelFile.read(data, file: "a.png").unknown == unknown)
  }

  @Test("ROIs of ImageJ come back as the same pixels with the same numbers")
  func rois() throws {
    let folder = try TestFolder()
    for (name, cells) in try images() where !cells.cells.isEmpty {
      let exported = ExportedCells(of: "a.tif", cells)
      let data = try bytes("imagej-roi", exported)
      #expect(try bytes("imagej-roi", exported) == data, "\(name)")
      try folder.write(data, to: "a-rois.zip")
      let file = try ROIFile(folder.url.appending(path: "a-rois.zip"))
      let reading = try file.annotation(width: cells.width, height: cells.height)
      #expect(reading.annotation.cells == cells, "\(name)")
      #expect(reading.taken == cells.cells.count && reading.skipped == 0, "\(name)")
      #expect(reading.outside == 0, "\(name)")
    }
  }

  @Test("GeoJSON comes back as the same pixels with the same numbers")
  func geoJSON() throws {
    for (name, cells) in try images() {
      let exported = ExportedCells(of: "a \"b\"\\\n.tif", cells, state: .proposed)
      let data = try bytes("geojson", exported)
      #expect(try bytes("geojson", exported) == data, "\(name)")
      let reading = try GeoJSONFile(data, name: "a.geojson")
        .cells(width: cells.width, height: cells.height)
      #expect(reading.cells == cells, "\(name)")
      #expect(reading.taken == cells.cells.count, "\(name)")
    }
  }

  @Test("65,535 cells are written, but not as ROIs, whose file has fewer entries")
  func many() throws {
    let labels = (0..<256 * 256).map { LabelImage.Label($0) }
    let exported = ExportedCells(
      of: "a.tif", LabelImage(width: 256, height: 256, labels: labels))
    #expect(
      throws: ExportError.tooManyCells(image: "a.tif", count: 65_535, most: 65_534)
    ) { try bytes("imagej-roi", exported) }
    let reading = try GeoJSONFile(bytes("geojson", exported), name: "a.geojson")
    #expect(try reading.cells(width: 256, height: 256).cells == exported.cells)
    #expect(try bytes("coco", exported).count > 65_535 * 50)
  }

  @Test("An image that is wider than a path of ImageJ can say is refused")
  func wide() {
    let cells = LabelImage(width: 10_000_000, height: 1)
    #expect {
      try bytes("imagej-roi", ExportedCells(of: "a.tif", cells))
    } throws: {
      "\($0)".hasPrefix("a.tif has a side of more than 9999999 pixels")
    }
  }

  @Test("A cell beyond what two bytes count is a path of ImageJ and comes back")
  func far() throws {
    let folder = try TestFolder()
    var cells = LabelImage(width: 70_000, height: 2)
    cells.fill(60_000..<60_535, with: 1)
    cells.fill(60_600..<60_605, with: 2)
    cells.fill(69_990..<70_000, with: 3)
    try folder.write(bytes("imagej-roi", ExportedCells(of: "a", cells)), to: "a.zip")
    let file = try ROIFile(folder.url.appending(path: "a.zip"))
    let reading = try file.annotation(width: 70_000, height: 2)
    #expect(reading.annotation.cells == cells)
  }

  @Test("2,000 cells in 2048x2048 are written in every format, and read back")
  func thousands() throws {
    let cells = LabelImage.crowd(of: 2000, side: 2048)
    #expect(cells.cells.count == 2000)
    let values = (0..<2048 * 2048).map { Float($0 % 251) }
    let picture = Image(width: 2048, height: 2048, bitDepth: 8, values: values)
    let exported = ExportedCells(of: "a.tif", cells, picture: picture)
    for format in CellFormat.all {
      let data = try bytes(format.name, exported)
      #expect(!data.isEmpty)
      guard format.name == "geojson" else { continue }
      let file = try GeoJSONFile(data, name: "a.geojson")
      #expect(try file.cells(width: 2048, height: 2048).cells == cells)
    }
  }
}
