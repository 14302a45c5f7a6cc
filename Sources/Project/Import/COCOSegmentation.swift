/// The pixels of an object as COCO writes them: polygons, or runs down the columns, plain or packed.
///
/// Kept by hand: no package for Swift or C at hand reads such runs; pycocotools is for Python.
struct COCOSegmentation: Decodable {
  /// The parts that make the object up and can be used.
  let shapes: [CellOutlineShape]
  /// What is wrong with a part that cannot be.
  let flaw: COCOAnnotation.Flaw?

  private enum CodingKeys: CodingKey {
    case counts, size
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self) {
      let runs = Self.runs(container)
      shapes = runs.map { [$0] } ?? []
      flaw = runs == nil ? .brokenRuns : nil
      return
    }
    let polygons = Self.polygons(decoder)
    let parts = polygons.map { corners -> (corners: [Double], flaw: COCOAnnotation.Flaw?) in
      guard let corners, corners.count % 2 == 0, corners.allSatisfy(\.isFinite) else {
        return ([], .oddPolygon)
      }
      return corners.count < 6 ? ([], .fewPoints) : (corners, nil)
    }
    shapes = parts.filter { $0.flaw == nil }.map { .polygon($0.corners) }
    flaw = parts.lazy.compactMap(\.flaw).first
  }

  /// What is a number, or a list of numbers, or nothing that can be used.
  private struct Element: Decodable {
    let list: [Double]?
    let number: Double?

    init(from decoder: any Decoder) throws {
      list = try? [Double](from: decoder)
      number = list == nil ? try? Double(from: decoder) : nil
    }
  }

  /// The coordinates of each polygon, nil for one that is no list of numbers.
  ///
  /// Some programs write a single polygon without the list around it, or its points as pairs.
  private static func polygons(_ decoder: any Decoder) -> [[Double]?] {
    guard let elements = try? [Element](from: decoder) else { return [nil] }
    let numbers = elements.compactMap(\.number)
    if !elements.isEmpty, numbers.count == elements.count { return [numbers] }
    let lists = elements.map(\.list)
    if lists.count >= 3, lists.allSatisfy({ $0?.count == 2 }) {
      return [lists.flatMap { $0 ?? [] }]
    }
    return lists
  }

  private static func runs(_ container: KeyedDecodingContainer<CodingKeys>) -> CellOutlineShape? {
    guard let size = try? container.decode([Int].self, forKey: .size), size.count == 2,
      size.allSatisfy({ (1...1 << 20).contains($0) })
    else { return nil }
    let lengths: [Int]?
    if let text = try? container.decode(String.self, forKey: .counts) {
      lengths = unpacked(text, limit: size[0] * size[1])
    } else {
      lengths = try? container.decode([Int].self, forKey: .counts)
    }
    guard let lengths, sums(lengths, to: size[0] * size[1]) else { return nil }
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
