/// Why outlines in GeoJSON give no cells.
public enum GeoJSONFault: Equatable, Sendable {
  /// It is no JSON, or none with features; the reason says where it goes wrong.
  case notGeoJSON(String)
  /// It has more outlines than cells can be counted.
  case tooMany(count: Int)
  /// None of its features is an area; so many are points, lines or nothing.
  case noArea(skipped: Int)
  /// None has a pixel in the image.
  case outside(count: Int, width: Int, height: Int)
  /// An outline with more corners than anybody draws, or one that goes a thousand million pixels away.
  case intricate(place: String)

  /// What is wrong and what to do, behind the file's name.
  var text: String {
    switch self {
    case .notGeoJSON(let reason):
      "is no GeoJSON of outlines (\(reason)): export it again, in QuPath by File > Export objects as"
        + " GeoJSON"
    case .tooMany(let count):
      "has \(count) outlines, and an image's cells are counted up to \(LabelImage.Label.max): cut the"
        + " image into smaller ones"
    case .noArea(let skipped):
      "has \(skipped) feature\(skipped == 1 ? "" : "s"), and none outlines an area: points and lines"
        + " make no cell"
    case .outside(let count, let width, let height):
      "has \(count) outline\(count == 1 ? "" : "s"), and none within its image of \(width)x\(height):"
        + " do they belong to another one, or are they in micrometres rather than pixels?"
    case .intricate(let place):
      "has an outline that nobody drew, \(place): it goes too far away, or has too many corners; leave it"
        + " out"
    }
  }
}
