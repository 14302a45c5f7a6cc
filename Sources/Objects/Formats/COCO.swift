import Foundation
import Imaging

extension CellFormat {
  /// The instances of all images as JSON of COCO.
  static let coco = CellFormat(
    "coco", "instances of all images, JSON of COCO: pycocotools, Detectron2, MMDetection, CVAT",
    file: "instances.json", .together { _ in COCOWriter() })

  /// The same as polygons, for programs that read no run lengths.
  static let cocoPolygons = CellFormat(
    "coco-polygons", "the same as polygons, but for cells with holes: programs that know no runs",
    file: "instances-polygons.json", .together { _ in COCOWriter(.polygons) })
}

/// Writes the instances of several images as COCO has them, a line each.
///
/// Images count from 1 in their order. The numbers of annotations are unique: a cell's own number in the first
/// image, 65,536 more in each that follows; `attributes.label` is the cell's own number.
struct COCOWriter: CellSetWriter {
  /// How a cell's pixels are written.
  enum Outlines: Sendable {
    /// As packed run lengths, all just as they are.
    case runs
    /// As polygons along the edges of pixels, which pycocotools fills with the same pixels; cells with holes, which
    /// COCO's polygons cannot have, as run lengths.
    case polygons
  }

  private let outlines: Outlines
  private var images = JSONBytes()
  private var imageCount = 0
  private var hasAnnotation = false

  /// Begins a file.
  init(_ outlines: Outlines = .runs) { self.outlines = outlines }

  /// Takes the next image.
  mutating func add(_ exported: ExportedCells) -> Data {
    var json = JSONBytes()
    if imageCount == 0 { Self.begin(&json) }
    addImage(exported)
    let cells = exported.cells
    let traced = outlines == .polygons ? cells.outlines : []
    // Both are in the order of numbers.
    for (place, runs) in ColumnRuns.all(of: cells).enumerated() {
      json.put(hasAnnotation ? ",\n" : "\n")
      hasAnnotation = true
      json.put("{\"id\":")
      json.put((imageCount - 1) << 16 | Int(runs.label))
      json.put(",\"image_id\":")
      json.put(imageCount)
      json.put(",\"category_id\":1,\"iscrowd\":0,\"area\":")
      json.put(runs.area)
      json.put(",\"bbox\":[")
      let box = runs.box
      json.put(
        list: [box.columns.lowerBound, box.rows.lowerBound, box.columns.count, box.rows.count]
      ) { $0.put($1) }
      json.put("],\"segmentation\":")
      let pieces = traced.isEmpty ? [] : traced[place].pieces
      if pieces.isEmpty || pieces.contains(where: { !$0.holes.isEmpty }) {
        Self.put(runs, width: cells.width, height: cells.height, &json)
      } else {
        Self.put(pieces, &json)
      }
      json.put(",\"attributes\":{\"label\":")
      json.put(Int(runs.label))
      json.put("}}")
    }
    return json.data
  }

  /// Ends the file.
  mutating func end() -> Data {
    var json = JSONBytes()
    if imageCount == 0 { Self.begin(&json) }
    json.put("\n],\n\"images\":[")
    json.put(images)
    json.put(
      "\n],\n\"categories\":[\n{\"id\":1,\"name\":\"cell\",\"supercategory\":\"cell\"}\n]}\n")
    return json.data
  }

  private static func begin(_ json: inout JSONBytes) {
    json.put("{\"info\":{\"description\":\"Cells, by Aura\"},\n\"annotations\":[")
  }

  private mutating func addImage(_ exported: ExportedCells) {
    images.put(imageCount > 0 ? ",\n" : "\n")
    imageCount += 1
    images.put("{\"id\":")
    images.put(imageCount)
    images.put(",\"file_name\":")
    images.put(quoted: exported.image)
    images.put(",\"width\":")
    images.put(exported.cells.width)
    images.put(",\"height\":")
    images.put(exported.cells.height)
    images.put(",\"state\":")
    images.put(quoted: exported.state.rawValue)
    images.put("}")
  }

  private static func put(_ runs: ColumnRuns, width: Int, height: Int, _ json: inout JSONBytes) {
    json.put("{\"size\":[")
    json.put(list: [height, width]) { $0.put($1) }
    json.put("],\"counts\":")
    json.put(quoted: String(decoding: runs.packed, as: UTF8.self))
    json.put("}")
  }

  private static func put(_ pieces: [CellOutline.Piece], _ json: inout JSONBytes) {
    json.put("[")
    json.put(list: pieces) { json, piece in
      json.put("[")
      json.put(list: piece.exterior.flatMap { [$0.x, $0.y] }) { $0.put($1) }
      json.put("]")
    }
    json.put("]")
  }
}
