public import Foundation

/// Outlines of cells in GeoJSON, in pixels from the image's top left corner, as QuPath exports them.
///
/// A collection of features, a list of them as older versions of QuPath write, or a single one. Polygons and
/// collections of them are filled, with their holes, as ImageJ fills: a pixel belongs to what its middle lies in.
/// Points and lines are counted and passed over; so is what else a feature says, but its number.
public struct GeoJSONFile: Sendable {
  /// What outlines say of an image.
  public struct Reading: Equatable, Sendable {
    /// The cells, later ones over earlier ones: numbered by `label` where each says it, else by `name` where each is
    /// called by another number, as QuPath leaves them, else from 1 in the file's order.
    public let cells: LabelImage
    /// How many outline an area.
    public let taken: Int
    /// How many outline no area: points and lines.
    public let skipped: Int
    /// How many of those taken have no pixel in the image.
    public let outside: Int
  }

  private let name: String
  private let areas: [(place: Int, feature: GeoJSONFeature)]
  private let skipped: Int

  /// Reads a file.
  ///
  /// - Throws: `ImagingError.geoJSON` for what is none; `.unreadable`.
  public init(_ url: URL) throws(ImagingError) {
    let file = try PictureBytes(of: url)
    try self.init(try file.all(), name: file.name)
  }

  /// Reads the bytes of a file; `name` names it in errors.
  init(_ data: Data, name: String) throws(ImagingError) {
    self.name = name
    let features: [GeoJSONFeature]
    do {
      features = try JSONDecoder().decode(Features.self, from: data).features
    } catch {
      throw .geoJSON(file: name, .notGeoJSON(Self.reason(for: error)))
    }
    areas = features.enumerated().compactMap { place, feature in
      feature.polygons == nil ? nil : (place, feature)
    }
    skipped = features.count - areas.count
    guard areas.count <= Int(LabelImage.Label.max) else {
      throw .geoJSON(file: name, .tooMany(count: areas.count))
    }
  }

  /// What the outlines say of an image of so many pixels in a row and rows; no cells where the file lists no feature.
  ///
  /// - Throws: `ImagingError.geoJSON` where none is an area, or none has a pixel in the image.
  public func cells(width: Int, height: Int) throws(ImagingError) -> Reading {
    guard !areas.isEmpty || skipped == 0 else {
      throw .geoJSON(file: name, .noArea(skipped: skipped))
    }
    let numbers = numbers
    var cells = LabelImage(width: width, height: height)
    var outside = 0
    for (number, area) in zip(numbers, areas) {
      var isOutside = true
      for polygon in area.feature.polygons ?? [] {
        guard let runs = OutlineFill.runs(of: polygon, width: width, height: height) else {
          throw .geoJSON(file: name, .intricate(place: "features[\(area.place)]"))
        }
        for run in runs { cells.fill(run, with: number) }
        isOutside = isOutside && runs.isEmpty
      }
      if isOutside { outside += 1 }
    }
    guard outside < areas.count || areas.isEmpty else {
      throw .geoJSON(file: name, .outside(count: areas.count, width: width, height: height))
    }
    return Reading(cells: cells, taken: areas.count, skipped: skipped, outside: outside)
  }

  /// The number of each area's cell.
  private var numbers: [LabelImage.Label] {
    let labels = areas.compactMap(\.feature.label)
    if labels.count == areas.count { return labels }
    let names = areas.compactMap(\.feature.name)
    if names.count == areas.count, Set(names).count == names.count { return names }
    return areas.indices.map { LabelImage.Label($0 + 1) }
  }

  /// The features of a file, however they are listed.
  private struct Features: Decodable {
    let features: [GeoJSONFeature]

    private enum CodingKeys: CodingKey {
      case type, features
    }

    init(from decoder: any Decoder) throws {
      guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
        features = try [GeoJSONFeature](from: decoder)
        return
      }
      let type = try container.decode(String.self, forKey: .type)
      features =
        type == "FeatureCollection"
        ? try container.decode([GeoJSONFeature].self, forKey: .features)
        : [try GeoJSONFeature(from: decoder)]
    }
  }

  /// What is wrong, and where.
  private static func reason(for error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it is no JSON" }
    func text(_ context: DecodingError.Context, _ what: String) -> String {
      let place = context.codingPath.reduce("") { path, key in
        key.intValue.map { "\(path)[\($0)]" }
          ?? (path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)")
      }
      return place.isEmpty ? what : "\(what) at \(place)"
    }
    switch error {
    case .keyNotFound(let key, let context): return text(context, "no '\(key.stringValue)'")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return text(context, "something else than expected")
    case .dataCorrupted(let context):
      return text(
        context, context.codingPath.isEmpty ? "it is no JSON" : context.debugDescription)
    @unknown default: return "it is no JSON"
    }
  }
}
