import Foundation
import Imaging

extension CellFormat {
  /// The outlines of an image's cells as GeoJSON.
  static let geoJSON = CellFormat(
    "geojson", "outlines with holes, GeoJSON in pixels: QuPath, Shapely, napari", file: ".geojson",
    .each(GeoJSON.encode))
}

/// Writes outlines as QuPath does: a collection of features, a line each, in pixels from the image's top left corner.
enum GeoJSON {
  static func encode(_ exported: ExportedCells) -> Data {
    var json = JSONBytes()
    json.put("{\"type\":\"FeatureCollection\",\"image\":")
    json.put(quoted: exported.image)
    json.put(",\"state\":")
    json.put(quoted: exported.state.rawValue)
    json.put(",\"features\":[")
    json.put(list: exported.cells.outlines) { json, outline in
      json.put("\n{\"type\":\"Feature\",\"geometry\":")
      put(outline.pieces, &json)
      // QuPath keeps the name, and drops what it does not know.
      json.put(",\"properties\":{\"objectType\":\"detection\",\"name\":\"")
      json.put(Int(outline.label))
      json.put("\",\"label\":")
      json.put(Int(outline.label))
      json.put(",\"classification\":{\"name\":\"cell\",\"color\":[0,158,115]}}}")
    }
    json.put("\n]}\n")
    return json.data
  }

  private static func put(_ pieces: [CellOutline.Piece], _ json: inout JSONBytes) {
    let isOne = pieces.count == 1
    json.put(
      isOne
        ? "{\"type\":\"Polygon\",\"coordinates\":"
        : "{\"type\":\"MultiPolygon\",\"coordinates\":[")
    json.put(list: pieces) { json, piece in
      json.put("[")
      json.put(list: [piece.exterior] + piece.holes) { json, ring in
        // A ring ends where it began.
        json.put("[")
        json.put(list: ring + ring.prefix(1)) { json, corner in
          json.put("[")
          json.put(corner.x)
          json.put(",")
          json.put(corner.y)
          json.put("]")
        }
        json.put("]")
      }
      json.put("]")
    }
    json.put(isOne ? "}" : "]}")
  }
}
