import Foundation

/// A feature of GeoJSON, as far as it outlines a cell.
struct GeoJSONFeature: Decodable {
  /// Outlines that each begin with the outer one and go on with those of holes.
  typealias Polygon = [[SIMD2<Double>]]

  /// What it covers; nil for points, lines and features without a place.
  let polygons: [Polygon]?
  /// The number that it says its cell has.
  let label: LabelImage.Label?
  /// The number that it is called by.
  let name: LabelImage.Label?

  private enum CodingKeys: CodingKey {
    case type, geometry, properties
  }

  private struct Properties: Decodable {
    let label: LabelImage.Label?
    let name: LabelImage.Label?

    private enum CodingKeys: CodingKey {
      case label, name
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      func number(_ key: CodingKeys) -> LabelImage.Label? {
        try? container.decode(LabelImage.Label.self, forKey: key)
      }
      func text(_ key: CodingKeys) -> LabelImage.Label? {
        (try? container.decode(String.self, forKey: key)).flatMap { LabelImage.Label($0) }
      }
      // What each is usually first: a value of another type costs an error.
      let (label, name) = (number(.label) ?? text(.label), text(.name) ?? number(.name))
      self.label = label == 0 ? nil : label
      self.name = name == 0 ? nil : name
    }
  }

  /// Reads a feature, or a geometry that stands without one.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let type = try container.decode(String.self, forKey: .type)
    guard type == "Feature" else {
      polygons = try GeoJSONGeometry(from: decoder).polygons
      (label, name) = (nil, nil)
      return
    }
    polygons = try container.decodeIfPresent(GeoJSONGeometry.self, forKey: .geometry)?.polygons
    let properties = try? container.decodeIfPresent(Properties.self, forKey: .properties)
    (label, name) = (properties?.label, properties?.name)
  }
}

/// A geometry of GeoJSON.
struct GeoJSONGeometry: Decodable {
  /// What it covers; nil for points and lines.
  let polygons: [GeoJSONFeature.Polygon]?

  private enum CodingKeys: CodingKey {
    case type, coordinates, geometries
  }

  /// A point; what follows x and y is passed over.
  private struct Point: Decodable {
    let place: SIMD2<Double>

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      place = SIMD2(try container.decode(Double.self), try container.decode(Double.self))
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func places(_ polygon: [[Point]]) -> GeoJSONFeature.Polygon {
      polygon.map { $0.map(\.place) }
    }
    switch try container.decode(String.self, forKey: .type) {
    case "Polygon":
      polygons = [places(try container.decode([[Point]].self, forKey: .coordinates))]
    case "MultiPolygon":
      polygons = try container.decode([[[Point]]].self, forKey: .coordinates).map(places)
    case "GeometryCollection":
      let parts = try container.decode([GeoJSONGeometry].self, forKey: .geometries)
      let areas = parts.compactMap(\.polygons).flatMap(\.self)
      polygons = areas.isEmpty ? nil : areas
    case "Point", "MultiPoint", "LineString", "MultiLineString":
      polygons = nil
    case let type:
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container, debugDescription: "'\(type)' is no geometry")
    }
  }
}
