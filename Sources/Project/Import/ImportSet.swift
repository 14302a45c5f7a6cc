import Foundation
import Recipes

/// The images of a data set that others made, before any is read.
public struct ImportSet: Equatable, Sendable {
  /// The images to take, names all different.
  public private(set) var items: [ImportItem]
  /// Lines for the user: what was found out, what is left out and why.
  public private(set) var notes: [String]
  /// Whether images that look alike are noted as a group, the data set having none of its own.
  let groupsLookalikes: Bool

  /// Takes images; where two have one name, their files' extensions tell them apart.
  ///
  /// - Throws: `ProjectError` for a name that leads out of its folder, or that stays the same.
  public init(
    items: [ImportItem], notes: [String] = [], groupsLookalikes: Bool = false
  ) throws(ProjectError) {
    self.items = items
    self.notes = notes
    self.groupsLookalikes = groupsLookalikes
    let uses = Dictionary(items.map { ($0.name, 1) }, uniquingKeysWith: +)
    for place in self.items.indices where uses[items[place].name] != 1 {
      self.items[place].name += "." + items[place].image.pathExtension
    }
    var seen: Set<String> = []
    for item in self.items {
      _ = try ProjectFiles.file(of: ImageKey(item.name), in: URL(filePath: "/"))
      guard seen.insert(item.name).inserted else { throw .sameName(item.name) }
    }
  }

  /// Leaves images out by name; a name's folders may be missing.
  ///
  /// - Throws: `ProjectError.dataSet` for a name that no image has.
  public mutating func skip(_ names: [String]) throws(ProjectError) {
    for name in names {
      let count = items.count
      items.removeAll { $0.name == name || $0.name.hasSuffix("/" + name) }
      guard items.count < count else {
        throw .dataSet("--skip \(name): no image has this name (names are without extension)")
      }
    }
  }

  /// Adds a line for the user.
  mutating func note(_ line: String) { notes.append(line) }
}
