internal import Imaging
import Recipes

/// A line of `strokes.jsonl`: `{"image":"a.tif","do":"edit","add":[[start,length],...],"remove":[]}`,
/// the same with `"do"` `"adopt"`, or with `"do"` `"undo"` or `"redo"` alone.
struct StrokeLine: Codable, Equatable, Sendable {
  var image: ImageKey
  var stroke: Stroke

  private enum CodingKeys: String, CodingKey { case image, action = "do", add, remove }

  private enum Action: String, Codable { case edit, adopt, undo, redo }

  init(image: ImageKey, stroke: Stroke) {
    self.image = image
    self.stroke = stroke
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    image = try container.decode(ImageKey.self, forKey: .image)
    switch try container.decode(Action.self, forKey: .action) {
    case .undo: stroke = .undo
    case .redo: stroke = .redo
    case .edit: stroke = .edit(try Self.edit(in: container))
    case .adopt: stroke = .adopt(try Self.edit(in: container))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(image, forKey: .image)
    switch stroke {
    case .undo: try container.encode(Action.undo, forKey: .action)
    case .redo: try container.encode(Action.redo, forKey: .action)
    case .edit(let edit): try Self.encode(edit, .edit, in: &container)
    case .adopt(let edit): try Self.encode(edit, .adopt, in: &container)
    }
  }

  private static func encode(
    _ edit: MaskEdit, _ action: Action, in container: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    try container.encode(action, forKey: .action)
    try container.encode(edit.added.map { [$0.lowerBound, $0.count] }, forKey: .add)
    try container.encode(edit.removed.map { [$0.lowerBound, $0.count] }, forKey: .remove)
  }

  private static func edit(in container: KeyedDecodingContainer<CodingKeys>) throws -> MaskEdit {
    MaskEdit(
      added: try runs(in: container, forKey: .add),
      removed: try runs(in: container, forKey: .remove))
  }

  private static func runs(
    in container: KeyedDecodingContainer<CodingKeys>, forKey key: CodingKeys
  ) throws -> [Range<Int>] {
    try (container.decodeIfPresent([[Int]].self, forKey: key) ?? []).map { pair in
      guard pair.count == 2, pair[0] >= 0, pair[1] >= 0, pair[1] <= Int.max - pair[0] else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "a run is [start, length], not \(pair)")
      }
      return pair[0]..<pair[0] + pair[1]
    }
  }
}
