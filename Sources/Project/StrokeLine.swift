import Foundation
internal import Imaging
import Recipes

/// A line of `strokes.jsonl`: `{"image":"a.tif","do":"edit","set":[[cell,[[start,length],...]],...]}`, 0 being
/// the ground, the same with `"do"` `"adopt"`, with `"do"` `"relabel"` and `"cells":[[cell,number],...]`, with `"do"`
/// `"undo"` or `"redo"` alone, or with `"do"` `"on"` and the image that the lines after it are drawn on,
/// `"size":[width,height],"pixels":"0123456789abcdef"`.
///
/// Before cells were told apart an edit had `"add":[[start,length],...],"remove":[]` in place of `set`.
struct StrokeLine: JournalLine, Equatable {
  var image: ImageKey
  var stroke: Stroke

  private enum CodingKeys: String, CodingKey {
    case image, action = "do", set, cells, add, remove, size, pixels
  }

  private enum Action: String, Codable { case edit, adopt, relabel, undo, redo, on }

  init(image: ImageKey, stroke: Stroke) {
    self.image = image
    self.stroke = stroke
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    image = try container.decode(ImageKey.self, forKey: .image)
    let action = try container.decode(Action.self, forKey: .action)
    switch action {
    case .undo: stroke = .undo
    case .redo: stroke = .redo
    case .on: stroke = .on(try Self.ground(in: container))
    case .relabel: stroke = .relabel(try Self.relabelling(in: container))
    case .edit, .adopt:
      if let parts = try container.decodeIfPresent([StrokePart].self, forKey: .set) {
        let edit = LabelStroke(parts.map(\.part))
        stroke = action == .adopt ? .adopt(edit) : .edit(edit)
      } else {
        let edit = MaskEdit(
          added: try container.decodeIfPresent(PixelRuns.self, forKey: .add)?.runs ?? [],
          removed: try container.decodeIfPresent(PixelRuns.self, forKey: .remove)?.runs ?? [])
        stroke = action == .adopt ? .adoptMask(edit) : .editMask(edit)
      }
    }
  }

  /// What `JSONEncoder` makes of it, written out: a key waits for it, and a line that takes over the cells
  /// of a large image has a hundred thousand runs.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    var text = JSONText(#"{"image":"#)
    text.bytes += try encoder.encode(image)
    text.add(#","do":"\#(action.rawValue)""#)
    switch stroke {
    case .undo, .redo: break
    case .edit(let edit), .adopt(let edit):
      // A run of a large picture is about as long.
      text.bytes.reserveCapacity(16 * edit.parts.reduce(8) { $0 + $1.runs.count })
      text.add(#","set":"#)
      text.add(listOf: edit.parts) { text, part in
        text.add("[")
        text.add(Int(part.label))
        text.add(",")
        text.add(part.runs)
        text.add("]")
      }
    case .relabel(let relabelling):
      text.add(#","cells":"#)
      text.add(listOf: relabelling.pairs) { text, pair in
        text.add("[")
        text.add(Int(pair.cell))
        text.add(",")
        text.add(Int(pair.number))
        text.add("]")
      }
    case .editMask(let edit), .adoptMask(let edit):
      text.add(#","add":"#)
      text.add(edit.added)
      text.add(#","remove":"#)
      text.add(edit.removed)
    case .on(let ground):
      text.add(#","size":[\#(ground.width),\#(ground.height)],"pixels":"\#(ground.pixels)""#)
    }
    text.add("}")
    return text.bytes
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(image, forKey: .image)
    try container.encode(action, forKey: .action)
    switch stroke {
    case .undo, .redo: break
    case .edit(let edit), .adopt(let edit):
      try container.encode(edit.parts.map { StrokePart(part: $0) }, forKey: .set)
    case .relabel(let relabelling):
      try container.encode(relabelling.pairs.map { [$0.cell, $0.number] }, forKey: .cells)
    case .editMask(let edit), .adoptMask(let edit):
      try container.encode(PixelRuns(runs: edit.added), forKey: .add)
      try container.encode(PixelRuns(runs: edit.removed), forKey: .remove)
    case .on(let ground):
      try container.encode([ground.width, ground.height], forKey: .size)
      try container.encode(ground.pixels, forKey: .pixels)
    }
  }

  private var action: Action {
    switch stroke {
    case .edit, .editMask: .edit
    case .adopt, .adoptMask: .adopt
    case .relabel: .relabel
    case .undo: .undo
    case .redo: .redo
    case .on: .on
    }
  }

  private static func relabelling(
    in container: KeyedDecodingContainer<CodingKeys>
  ) throws -> Relabelling {
    let pairs = try container.decode([[LabelImage.Label]].self, forKey: .cells)
    guard pairs.allSatisfy({ $0.count == 2 }), Set(pairs.map { $0[0] }).count == pairs.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .cells, in: container, debugDescription: "a cell is [cell, number], each once")
    }
    return Relabelling(Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) }))
  }

  private static func ground(
    in container: KeyedDecodingContainer<CodingKeys>
  ) throws -> ImageFingerprint {
    let size = try container.decode([Int].self, forKey: .size)
    let pixels = try container.decode(String.self, forKey: .pixels)
    guard size.count == 2, size.allSatisfy({ $0 >= 0 }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .size, in: container, debugDescription: "a size is [width, height], not \(size)")
    }
    // It is written into a line as it is.
    guard pixels.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .pixels, in: container, debugDescription: "'\(pixels)' is no digest")
    }
    return ImageFingerprint(width: size[0], height: size[1], pixels: pixels)
  }
}

extension Relabelling {
  /// Each cell with its number, in order.
  fileprivate var pairs: [(cell: LabelImage.Label, number: LabelImage.Label)] {
    numbers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// `[[start,length],...]`.
private struct PixelRuns: Codable {
  let runs: [Range<Int>]

  init(runs: [Range<Int>]) { self.runs = runs }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    runs = try container.decode([[Int]].self).map { pair in
      guard pair.count == 2, pair[0] >= 0, pair[1] >= 0, pair[1] <= Int.max - pair[0] else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "a run is [start, length], not \(pair)")
      }
      return pair[0]..<pair[0] + pair[1]
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(runs.map { [$0.lowerBound, $0.count] })
  }
}

/// `[cell,[[start,length],...]]`.
private struct StrokePart: Codable {
  let part: LabelStroke.Part

  init(part: LabelStroke.Part) { self.part = part }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let label = try container.decode(LabelImage.Label.self)
    part = LabelStroke.Part(label, try container.decode(PixelRuns.self).runs)
    guard container.isAtEnd else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a part is [cell, runs]")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(part.label)
    try container.encode(PixelRuns(runs: part.runs))
  }
}
