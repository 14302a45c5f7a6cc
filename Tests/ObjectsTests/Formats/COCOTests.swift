import Foundation
import Imaging
import Testing

@testable import Objects

@Suite("Instances for COCO")
struct COCOTests {
  struct File: Decodable {
    struct Picture: Decodable, Equatable {
      let id: Int
      let file_name: String
      let width: Int
      let height: Int
      let state: String
    }

    struct Runs: Decodable, Equatable {
      let size: [Int]
      let counts: String
    }

    enum Segmentation: Decodable, Equatable {
      case runs(Runs)
      case polygons([[Double]])

      init(from decoder: any Decoder) throws {
        if let polygons = try? [[Double]](from: decoder) {
          self = .polygons(polygons)
        } else {
          self = .runs(try Runs(from: decoder))
        }
      }
    }

    struct Annotation: Decodable {
      struct Attributes: Decodable { let label: Int }

      let id: Int
      let image_id: Int
      let category_id: Int
      let iscrowd: Int
      let area: Int
      let bbox: [Int]
      let segmentation: Segmentation
      let attributes: Attributes
    }

    struct Category: Decodable, Equatable {
      let id: Int
      let name: String
    }

    let images: [Picture]
    let annotations: [Annotation]
    let categories: [Category]
  }

  private func file(
    _ images: [ExportedCells], _ outlines: COCOWriter.Outlines = .runs
  ) throws -> File {
    var writer = COCOWriter(outlines)
    let data = images.reduce(Data()) { $0 + writer.add($1) }
    return try JSONDecoder().decode(File.self, from: data + writer.end())
  }

  @Test("Run lengths, areas and boxes are those of pycocotools")
  func pycocotools() throws {
    let cases = try ExportGolden.load().cases
    let file = try file(cases.map { ExportedCells(of: $0.name, $0.image) })
    #expect(file.images.map(\.file_name) == cases.map(\.name))
    #expect(file.images.map(\.id) == Array(1...cases.count))
    for (place, golden) in cases.enumerated() {
      let found = file.annotations.filter { $0.image_id == place + 1 }
      #expect(found.map(\.attributes.label) == golden.cells.map { Int($0.label) })
      for (annotation, cell) in zip(found, golden.cells) {
        let name = "\(golden.name), \(cell.label)"
        #expect(
          annotation.segmentation
            == .runs(File.Runs(size: [golden.height, golden.width], counts: cell.counts)),
          "\(name)")
        #expect(annotation.area == cell.area && annotation.bbox == cell.box, "\(name)")
        #expect(annotation.category_id == 1 && annotation.iscrowd == 0, "\(name)")
      }
    }
  }

  @Test("Numbers of annotations are unique, in the first image those of the cells")
  func numbers() throws {
    let cells = LabelImage(width: 3, height: 1, labels: [65_535, 0, 1])
    let images = [
      ExportedCells(of: "a.tif", cells), ExportedCells(of: "b.tif", cells, state: .proposed),
      ExportedCells(of: "c.tif", LabelImage(width: 2, height: 5)),
    ]
    let file = try file(images)
    #expect(file.annotations.map(\.id) == [1, 65_535, 65_537, 131_071])
    #expect(file.annotations.map(\.image_id) == [1, 1, 2, 2])
    #expect(file.images.map(\.state) == ["accepted", "proposed", "accepted"])
    #expect(file.images[2].width == 2 && file.images[2].height == 5)
    #expect(file.categories == [File.Category(id: 1, name: "cell")])
  }

  @Test("A file without an image or without a cell is one")
  func empty() throws {
    #expect(try file([]).images.isEmpty)
    let file = try file([ExportedCells(of: "a", LabelImage(width: 2, height: 2))])
    #expect(file.images.count == 1 && file.annotations.isEmpty)
  }

  @Test("Run lengths and polygons are filled with the same pixels by COCO's rules")
  func filled() throws {
    let odd = try ExportGolden.load().cases.map(\.image)
    let random = (0..<12).map { LabelImage.random(31, 9 + 4 * $0, seed: $0) }
    for (place, cells) in (odd + random).enumerated() {
      for outlines in [COCOWriter.Outlines.runs, .polygons] {
        var back = LabelImage(width: cells.width, height: cells.height)
        for annotation in try file([ExportedCells(of: "a", cells)], outlines).annotations {
          var mask = Mask(width: cells.width, height: cells.height)
          switch annotation.segmentation {
          case .polygons(let polygons): for polygon in polygons { mask.fill(polygon: polygon) }
          case .runs(let runs): mask.fill(columnRuns: Self.unpacked(runs.counts))
          }
          #expect(mask.area == annotation.area)
          for (pixel, value) in mask.pixels.enumerated() where value != 0 {
            back.fill(pixel..<pixel + 1, with: LabelImage.Label(annotation.attributes.label))
          }
        }
        #expect(back == cells, "\(place), \(outlines)")
      }
    }
  }

  @Test("Cells with holes stay run lengths where polygons are asked for")
  func holes() throws {
    let cells = LabelImage(
      width: 4, height: 3, labels: [1, 1, 1, 2, 1, 0, 1, 2, 1, 1, 1, 0])
    let file = try file([ExportedCells(of: "a", cells)], .polygons)
    guard case .runs = file.annotations[0].segmentation else {
      Issue.record("a hole is lost")
      return
    }
    #expect(file.annotations[1].segmentation == .polygons([[3, 0, 4, 0, 4, 2, 3, 2]]))
  }

  /// Lengths out of COCO's text, of one that is sound.
  static func unpacked(_ text: String) -> [Int] {
    var lengths: [Int] = []
    var (number, shift) = (0, 0)
    for byte in text.utf8 {
      let bits = Int(byte) - 48
      number |= (bits & 0x1f) << shift
      shift += 5
      guard bits & 0x20 == 0 else { continue }
      if bits & 0x10 != 0 { number |= -1 << shift }
      lengths.append(lengths.count > 2 ? number + lengths[lengths.count - 2] : number)
      (number, shift) = (0, 0)
    }
    return lengths
  }
}
