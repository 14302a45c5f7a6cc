import Files
import Foundation
import Recipes

/// A table `image,...` that says something of each image of a project.
struct ImageTable {
  /// What a table says of one image.
  struct Row {
    /// The image.
    let key: ImageKey
    /// What stands in the other column.
    let value: String
    /// The row of the table, the heading being 1.
    let line: Int
  }

  /// The rows of images that are there, in the table's order.
  private(set) var rows: [Row] = []
  /// Names of images that are not there.
  private(set) var unknown: [String] = []

  /// Reads the text of a table that has the columns `image` and `column`; others are ignored.
  ///
  /// An image is named by its key, its file name, or its name without extension; `name` stands in
  /// messages.
  init(
    _ text: String, name: String, column: String, images: [ImageKey]
  ) throws(ProjectError) {
    let table = CSV.rows(text)
    guard let heading = table.first?.map({ $0.lowercased() }),
      let imageColumn = heading.firstIndex(of: "image"),
      let valueColumn = heading.firstIndex(of: column)
    else {
      throw .split(
        "'\(name)' has no columns 'image' and '\(column)'; its first line must name them")
    }
    let known = Self.aliases(of: images)
    var lines: [ImageKey: Int] = [:]
    for (index, row) in table.enumerated().dropFirst() {
      guard row.count > max(imageColumn, valueColumn) else {
        throw .split(
          "line \(index + 1) of '\(name)' has \(row.count) columns; it needs image and \(column)")
      }
      let image = row[imageColumn].trimmingCharacters(in: .whitespaces)
      guard let keys = known[image] else {
        unknown.append(image)
        continue
      }
      guard keys.count == 1 else {
        throw .split(
          "'\(image)' in '\(name)' stands for \(keys.count) images, such as '\(keys[0])' and"
            + " '\(keys[1])'; give the whole key")
      }
      let value = row[valueColumn].trimmingCharacters(in: .whitespaces)
      if let before = lines[keys[0]], rows[before].value != value {
        throw .split(
          "line \(index + 1) of '\(name)' says '\(value)' of '\(image)', line \(rows[before].line)"
            + " '\(rows[before].value)'; leave one of them out")
      }
      lines[keys[0]] = rows.count
      rows.append(Row(key: keys[0], value: value, line: index + 1))
    }
  }

  /// What an image may be called: its key, and file name and stem where these are not keys themselves.
  private static func aliases(of images: [ImageKey]) -> [String: [ImageKey]] {
    var aliases: [String: [ImageKey]] = [:]
    for key in images {
      let path = RelativePath(key.text)
      for alias in Set([path.name, path.stem]) where alias != key.text {
        aliases[String(alias), default: []].append(key)
      }
    }
    for key in images { aliases[key.text] = [key] }
    return aliases
  }
}
