import Files
import Basics
public import Foundation
internal import Imaging
public import Recipes

/// Which images are trained on, validated on and tested on; kept as a table `image,split`.
public struct Split: Equatable, Sendable {
  /// What an image is for.
  public enum Part: String, CaseIterable, Sendable {
    /// Trained on.
    case train
    /// Only validated on.
    case validation
    /// Only tested on.
    case test
  }

  /// The part of each image; images that are not named have none.
  public var parts: [ImageKey: Part]

  /// Takes the parts of images.
  public init(parts: [ImageKey: Part] = [:]) { self.parts = parts }

  /// The images of a part among the given ones, in their order.
  public func images(_ part: Part, of keys: [ImageKey]) -> [ImageKey] {
    keys.filter { parts[$0] == part }
  }

  /// Draws a share of images by a seed.
  ///
  /// The draw depends on the seed and on the sorted names alone, not on the order of the list. At least
  /// one image is drawn (if the share is not 0) and at least one is left.
  public init(drawing part: Part, share: Double, of keys: [ImageKey], seed: UInt64) {
    var count = Int((share * Double(keys.count)).rounded())
    if share > 0 { count = min(max(count, 1), max(keys.count - 1, 0)) }
    self.init(drawing: part, count: count, of: keys, seed: seed)
  }

  /// Draws some images by a seed, as the draw of a share does; the others are trained on.
  public init(drawing part: Part, count: Int, of keys: [ImageKey], seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: 0x5711)
    let shuffled = generator.shuffled(keys.sorted())
    parts = [:]
    for (index, key) in shuffled.enumerated() { parts[key] = index < count ? part : .train }
  }

  /// Reads a table with the columns `image` and `split` (others are ignored).
  ///
  /// An image is named by its key, its file name, or its name without extension; `val` and `valid` are
  /// read as `validation`. Images of the table that the project does not have are returned apart.
  public static func read(
    _ file: URL, images: [ImageKey]
  ) throws(ProjectError) -> (split: Split, unknown: [String]) {
    try parse(try ProjectFiles.text(of: file), name: file.path, images: images)
  }

  /// The table, one line an image, sorted.
  public var csv: String {
    Self.table.text(
      parts.map { Row(key: $0.key, part: $0.value) }
        .sorted { NaturalOrder.precedes($0.key.text, $1.key.text) })
  }

  /// A line of the table.
  struct Row: Sendable {
    var key: ImageKey
    var part: Part
  }

  static let table = CSVTable<Row>(
    blank: Row(key: ImageKey(""), part: .train),
    [
      .init(
        "image", get: { $0.key.text },
        set: {
          $0.key = ImageKey($1); return true
        }),
      .init(
        column, get: \.part.rawValue,
        set: { row, text in
          guard let part = Part(rawValue: text) else { return false }
          row.part = part
          return true
        }),
    ])

  private static let column = "split"

  /// Reads the text of a table; `name` stands in messages.
  static func parse(
    _ text: String, name: String, images: [ImageKey]
  ) throws(ProjectError) -> (split: Split, unknown: [String]) {
    let table = try ImageTable(text, name: name, column: Self.column, images: images)
    var split = Split()
    for row in table.rows {
      let label = row.value.lowercased()
      guard let part = Part(rawValue: ["val", "valid"].contains(label) ? "validation" : label)
      else {
        throw .split(
          "line \(row.line) of '\(name)' says '\(row.value)';"
            + " a split is train, validation or test")
      }
      split.parts[row.key] = part
    }
    return (split, table.unknown)
  }
}
