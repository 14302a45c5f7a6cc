import Foundation

/// The pixels of an object as COCO writes them: polygons, or runs down the columns, plain or packed.
///
/// Kept by hand: no package for Swift or C at hand reads such runs; pycocotools is for Python.
struct COCOSegmentation: Decodable {
  /// The parts that make the object up.
  let shapes: [CellOutlineShape]

  private enum CodingKeys: CodingKey {
    case counts, size
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self) {
      shapes = [try Self.runs(container)]
      return
    }
    var list = try decoder.unkeyedContainer()
    var shapes: [CellOutlineShape] = []
    while !list.isAtEnd {
      let corners = try list.decode([Double].self)
      guard corners.count >= 6, corners.count % 2 == 0, corners.allSatisfy(\.isFinite) else {
        throw DecodingError.dataCorruptedError(
          in: list, debugDescription: "a polygon has x and y of 3 corners at least")
      }
      shapes.append(.polygon(corners))
    }
    self.shapes = shapes
  }

  private static func runs(
    _ container: KeyedDecodingContainer<CodingKeys>
  ) throws -> CellOutlineShape {
    let size = try container.decode([Int].self, forKey: .size)
    guard size.count == 2, size.allSatisfy({ (1...1 << 20).contains($0) }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .size, in: container, debugDescription: "a size is height and width")
    }
    let lengths: [Int]?
    if let text = try? container.decode(String.self, forKey: .counts) {
      lengths = unpacked(text, limit: size[0] * size[1])
    } else {
      lengths = try container.decode([Int].self, forKey: .counts)
    }
    guard let lengths, sums(lengths, to: size[0] * size[1]) else {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container,
        debugDescription: "the runs do not make up \(size[1])x\(size[0]) pixels")
    }
    return .runs(lengths, width: size[1], height: size[0])
  }

  /// Whether no length is negative and all of them make up a number of pixels.
  private static func sums(_ lengths: [Int], to pixels: Int) -> Bool {
    var rest = pixels
    for length in lengths {
      guard (0...rest).contains(length) else { return false }
      rest -= length
    }
    return rest == 0
  }

  /// Unpacks COCO's text: five bits a character, lowest first, and from the fourth number on the difference
  /// to the last but one; nil for a text that is none, or numbers above the limit.
  static func unpacked(_ text: String, limit: Int) -> [Int]? {
    var lengths: [Int] = []
    var number = 0
    var shift = 0
    for byte in text.utf8 {
      guard (48..<112).contains(byte), shift < 50 else { return nil }
      let bits = Int(byte) - 48
      number |= (bits & 0x1f) << shift
      shift += 5
      guard bits & 0x20 == 0 else { continue }
      if bits & 0x10 != 0 { number |= -1 << shift }
      if lengths.count > 2 { number += lengths[lengths.count - 2] }
      guard (0...limit).contains(number) else { return nil }
      lengths.append(number)
      number = 0
      shift = 0
    }
    return shift == 0 ? lengths : nil
  }
}
