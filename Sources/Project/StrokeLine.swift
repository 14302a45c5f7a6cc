import Foundation
internal import Imaging
import Recipes

/// A line of `strokes.jsonl`: `{"image":"a.tif","do":"edit","add":[[start,length],...],"remove":[]}`,
/// the same with `"do"` `"adopt"`, with `"do"` `"undo"` or `"redo"` alone, or with `"do"` `"on"` and the image
/// that the lines after it are drawn on, `"size":[width,height],"pixels":"0123456789abcdef"`.
struct StrokeLine: JournalLine, Equatable {
  var image: ImageKey
  var stroke: Stroke

  private enum CodingKeys: String, CodingKey {
    case image, action = "do", add, remove, size, pixels
  }

  private enum Action: String, Codable { case edit, adopt, undo, redo, on }

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
    case .on: stroke = .on(try Self.ground(in: container))
    }
  }

  /// What `JSONEncoder` makes of it, written out: a key waits for it, and a line that takes over the mask
  /// of a large image has a hundred thousand runs.
  func json() throws -> [UInt8] {
    var text = Array(#"{"image":"#.utf8)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    text += try encoder.encode(image)
    var ground: ImageFingerprint?
    let (action, edit): (Action, MaskEdit?) =
      switch stroke {
      case .undo: (.undo, nil)
      case .redo: (.redo, nil)
      case .edit(let edit): (.edit, edit)
      case .adopt(let edit): (.adopt, edit)
      case .on: (.on, nil)
      }
    if case .on(let image) = stroke { ground = image }
    text += Array(#","do":"\#(action.rawValue)""#.utf8)
    if let edit {
      text += Array(#","add":"#.utf8)
      Self.append(edit.added, to: &text)
      text += Array(#","remove":"#.utf8)
      Self.append(edit.removed, to: &text)
    }
    if let ground {
      text += Array(
        #","size":[\#(ground.width),\#(ground.height)],"pixels":"\#(ground.pixels)""#.utf8)
    }
    return text + Array("}".utf8)
  }

  private static func append(_ runs: [Range<Int>], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + 16 * runs.count)
    text.append(UInt8(ascii: "["))
    for (place, run) in runs.enumerated() {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "["))
      append(run.lowerBound, to: &text)
      text.append(UInt8(ascii: ","))
      append(run.count, to: &text)
      text.append(UInt8(ascii: "]"))
    }
    text.append(UInt8(ascii: "]"))
  }

  /// A number that is not negative.
  private static func append(_ number: Int, to text: inout [UInt8]) {
    let start = text.count
    var rest = number
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(image, forKey: .image)
    switch stroke {
    case .undo: try container.encode(Action.undo, forKey: .action)
    case .redo: try container.encode(Action.redo, forKey: .action)
    case .edit(let edit): try Self.encode(edit, .edit, in: &container)
    case .adopt(let edit): try Self.encode(edit, .adopt, in: &container)
    case .on(let ground):
      try container.encode(Action.on, forKey: .action)
      try container.encode([ground.width, ground.height], forKey: .size)
      try container.encode(ground.pixels, forKey: .pixels)
    }
  }

  private static func encode(
    _ edit: MaskEdit, _ action: Action, in container: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    try container.encode(action, forKey: .action)
    try container.encode(edit.added.map { [$0.lowerBound, $0.count] }, forKey: .add)
    try container.encode(edit.removed.map { [$0.lowerBound, $0.count] }, forKey: .remove)
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
