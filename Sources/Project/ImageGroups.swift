import Basics
import Files
public import Foundation
public import Recipes

/// Which images belong together, as neighbours of a time-lapse do, so that no split parts them.
public struct ImageGroups: Equatable, Sendable {
  /// The group of each image that is in one.
  public let names: [ImageKey: String]
  /// Images that a table of groups names and that are not there.
  public let unknown: [String]

  /// Every image by itself.
  public static let none = ImageGroups(names: [:])

  /// Takes the groups of images; an image that is in none stands by itself.
  public init(names: [ImageKey: String]) {
    self.init(names: names, unknown: [])
  }

  private init(names: [ImageKey: String], unknown: [String]) {
    self.names = names
    self.unknown = unknown
  }

  /// Reads groups as a user gives them: the path of a table that ends in `.csv`, or a pattern.
  public init(_ text: String, of images: [ImageKey]) throws(ProjectError) {
    if text.lowercased().hasSuffix(".csv") {
      self = try Self.read(URL(filePath: text), images: images)
    } else {
      try self.init(pattern: text, of: images)
    }
  }

  /// Groups images by a regular expression that is looked for in their keys.
  ///
  /// Images are together where the expression's groups found the same text, or without groups all of the
  /// expression: `^(.*)_t[0-9]+` for `well3_t017.tif`, `^plate[0-9]+` for folders of plates. An image in
  /// which nothing is found stands by itself.
  ///
  /// - Throws: `ProjectError.split` for what is no regular expression, and one that finds nothing at all.
  public init(pattern: String, of images: [ImageKey]) throws(ProjectError) {
    let expression: Regex<AnyRegexOutput>
    do {
      expression = try Regex(pattern)
    } catch {
      throw .split("the groups '\(pattern)' are no regular expression (\(error))")
    }
    var names: [ImageKey: String] = [:]
    for key in images {
      guard let match = try? expression.firstMatch(in: key.text) else { continue }
      let captures = match.output.count > 1 ? match.output.dropFirst() : match.output[...]
      names[key] = captures.map { String($0.substring ?? "") }.joined(separator: "\u{1F}")
    }
    guard !names.isEmpty || images.isEmpty else {
      throw .split(
        "the groups '\(pattern)' are found in no image's name, such as '\(images[0])';"
          + " give a regular expression like '^(.*)_t[0-9]+' or a CSV of image,group")
    }
    self.init(names: names)
  }

  /// Groups what names say is of one sequence: the pages of a file, and files that differ in a time as `well3_t017.tif`
  /// has it.
  public init(sequencesOf images: [ImageKey]) {
    var names: [ImageKey: String] = [:]
    for key in images { names[key] = Self.sequence(of: key.text) }
    self.init(names: names)
  }

  /// What a name has in common with those of its sequence; nil where it says of none.
  private static func sequence(of name: String) -> String? {
    if let page = name.firstMatch(of: /#[0-9]+$/) { return String(name[..<page.range.lowerBound]) }
    guard let time = name.firstMatch(of: /[_\-]t[0-9]+(?=[_.\-])/) else { return nil }
    return name.replacingCharacters(in: time.range, with: "#")
  }

  /// Reads a table with the columns `image` and `group` (others are ignored).
  ///
  /// Images are named as `Split.read` has them; one without a group, or not in the table, stands by
  /// itself.
  public static func read(
    _ file: URL, images: [ImageKey]
  ) throws(ProjectError) -> ImageGroups {
    try parse(try ProjectFiles.text(of: file), name: file.path, images: images)
  }

  /// Reads the text of a table; `name` stands in messages.
  static func parse(
    _ text: String, name: String, images: [ImageKey]
  ) throws(ProjectError) -> ImageGroups {
    let table = try ImageTable(text, name: name, column: "group", images: images)
    var names: [ImageKey: String] = [:]
    for row in table.rows where !row.value.isEmpty { names[row.key] = row.value }
    return ImageGroups(names: names, unknown: table.unknown)
  }

  /// The table, one line an image that is in a group, sorted; `image,group`.
  public var csv: String {
    CSV.line(["image", "group"])
      + names.sorted { NaturalOrder.precedes($0.key.text, $1.key.text) }
      .map { CSV.line([$0.key.text, $0.value]) }.joined()
  }

  /// The images of each group, single images among them, in the order of their first keys.
  public func members(of images: [ImageKey]) -> [[ImageKey]] {
    var places: [String: Int] = [:]
    var members: [[ImageKey]] = []
    for key in Set(images).sorted() {
      guard let name = names[key] else {
        members.append([key])
        continue
      }
      if let place = places[name] {
        members[place].append(key)
      } else {
        places[name] = members.count
        members.append([key])
      }
    }
    return members
  }
}
