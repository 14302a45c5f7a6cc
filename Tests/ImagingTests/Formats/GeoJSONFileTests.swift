import Foundation
import Testing

@testable import Imaging

@Suite("Outlines in GeoJSON")
struct GeoJSONFileTests {
  private func rows(_ json: String, _ width: Int = 5, _ height: Int = 4) throws -> [String] {
    let file = try GeoJSONFile(Data(json.utf8), name: "a.geojson")
    let cells = try file.cells(width: width, height: height).cells
    return (0..<height).map { y in (0..<width).map { "\(cells[$0, y])" }.joined() }
  }

  private func polygon(_ x: Int, _ y: Int, _ side: Int) -> String {
    """
    {"type": "Polygon", "coordinates": [[[\(x), \(y)], [\(x + side), \(y)], \
    [\(x + side), \(y + side)], [\(x), \(y + side)], [\(x), \(y)]]]}
    """
  }

  private func feature(_ geometry: String, _ properties: String = "{}") -> String {
    #"{"type": "Feature", "properties": \#(properties), "geometry": \#(geometry)}"#
  }

  @Test("What QuPath exports is read: a collection, and the list of older versions")
  func quPath() throws {
    let new = """
      {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "fd0a8b1e-0b0f-4f3b-8f5e-3d2c6f0a1b2c",
         "geometry": {"type": "Polygon", "coordinates":
           [[[0.4, 0.25], [3.0, 0], [3, 2], [0.4, 2], [0.4, 0.25]]]},
         "nucleusGeometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]},
         "properties": {"objectType": "cell", "isLocked": false,
           "classification": {"name": "Tumour", "color": [200, 0, 0]},
           "measurements": {"Area px^2": 4.5}}},
        {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates":
           [[[[4, 0], [5, 0], [5, 1], [4, 1], [4, 0]]], [[[3, 3], [5, 3], [5, 4], [3, 4], [3, 3]]]]},
         "properties": {"objectType": "annotation"}}]}
      """
    #expect(try rows(new) == ["11102", "11100", "00000", "00022"])
    let old = """
      [{"type": "Feature", "id": "PathDetectionObject", "geometry": {"type": "Polygon",
        "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]], "plane": {"c": -1, "z": 0, "t": 0}},
        "properties": {"object_type": "detection", "classification": {"name": "x", "colorRGB": -65536},
        "isLocked": false, "measurements": [{"name": "a", "value": 1.0}]}}]
      """
    #expect(try rows(old) == ["11000", "11000", "00000", "00000"])
  }

  @Test("Holes are left out, and polygons that overlap in one cell are joined")
  func holes() throws {
    let ring =
      #"{"type": "Polygon", "coordinates": [[[0,0],[5,0],[5,4],[0,4],[0,0]], [[1,1],[3,1],[3,3],[1,3],[1,1]]]}"#
    #expect(try rows(feature(ring)) == ["11111", "10011", "10011", "11111"])
    let parts =
      #"{"type": "MultiPolygon", "coordinates": [[[[0,0],[3,0],[3,2],[0,2]]], [[[1,0],[5,0],[5,2],[1,2]]]]}"#
    #expect(try rows(parts) == ["11111", "11111", "00000", "00000"])
    let collection =
      #"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}, \#(polygon(1, 1, 2))]}"#
    #expect(try rows(feature(collection)) == ["00000", "01100", "01100", "00000"])
  }

  @Test("Later ones lie over earlier ones, and what lies outside is cut off")
  func overlap() throws {
    let list = "[\(feature(polygon(0, 0, 3))), \(feature(polygon(2, 2, 90)))]"
    #expect(try rows(list) == ["11100", "11100", "11222", "00222"])
  }

  @Test("Numbers are those of the labels, else of the names where no two are alike, else count")
  func numbers() throws {
    func found(_ properties: String...) throws -> [String] {
      let features = properties.enumerated().map { feature(polygon($0.offset, 0, 1), $0.element) }
      return try rows("[\(features.joined(separator: ","))]", properties.count, 1)
    }
    #expect(try found(#"{"label": 7}"#, #"{"label": "3", "name": "9"}"#) == ["73"])
    #expect(try found(#"{"label": 7}"#, #"{"label": 7}"#) == ["77"])
    #expect(try found(#"{"name": "8"}"#, #"{"name": "5"}"#) == ["85"])
    #expect(try found(#"{"name": "8"}"#, #"{"name": "8"}"#) == ["12"])
    #expect(try found(#"{"label": 7}"#, "null", #"{"label": 0}"#) == ["123"])
    #expect(try found(#"{"label": 70000}"#, #"{"name": "cell 3", "label": -2}"#) == ["12"])
  }

  @Test("Points and lines are counted, and so is what has no pixel")
  func skipped() throws {
    let features = [
      #"{"type": "Point", "coordinates": [1, 1]}"#,
      #"{"type": "LineString", "coordinates": [[1, 1], [2, 2]]}"#, "null", polygon(1, 1, 1),
      polygon(50, 50, 3),
    ].map { feature($0) }
    let json = #"{"type": "FeatureCollection", "features": [\#(features.joined(separator: ","))]}"#
    let reading = try GeoJSONFile(Data(json.utf8), name: "a").cells(width: 4, height: 4)
    #expect(reading.taken == 2 && reading.skipped == 3 && reading.outside == 1)
    #expect(reading.cells.areas == [1: 1])
  }

  @Test("A file without features has no cells")
  func empty() throws {
    #expect(try rows(#"{"type": "FeatureCollection", "features": []}"#, 2, 1) == ["00"])
    #expect(try rows("[]", 2, 1) == ["00"])
  }

  @Test(
    "What is wrong is said with its place",
    arguments: [
      ("nothing", "it is no JSON"),
      ("", "it is no JSON"),
      (#"{"images": [], "annotations": []}"#, "no 'type'"),
      (#"{"type": "FeatureCollection"}"#, "no 'features'"),
      (
        #"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Oval"}}]}"#,
        "'Oval' is no geometry at features[0].geometry.type"
      ),
      (
        #"[{"type": "Polygon", "coordinates": [[[1, 2], [3, "x"]]]}]"#,
        "something else than expected at [0].coordinates[0][1][1]"
      ),
      (#"[{"type": "Polygon", "coordinates": [[[1]]]}]"#, "[0].coordinates[0][0]"),
      (#"[{"type": "Point", "coordinates": [1, 1]}]"#, "1 feature, and none outlines an area"),
      (
        #"[{"type": "Polygon", "coordinates": [[[90, 90], [99, 90], [99, 99]]]}]"#,
        "1 outline, and none within its image of 5x4"
      ),
      (
        #"[{"type": "Polygon", "coordinates": [[[0, 0], [1e300, 0], [9, 9]]]}]"#, "features[0]"
      ),
    ])
  func faults(json: String, part: String) {
    #expect {
      try rows(json)
    } throws: {
      "\($0)".hasPrefix("a.geojson ") && "\($0)".contains(part)
    }
  }

  @Test("A file that ends anywhere is refused without a crash")
  func cutShort() {
    let whole = Array("[\(feature(polygon(0, 0, 3), #"{"label": 7}"#))]".utf8)
    for count in 0..<whole.count {
      #expect(throws: ImagingError.self) {
        try GeoJSONFile(Data(whole.prefix(count)), name: "a").cells(width: 4, height: 4)
      }
    }
  }
}
