public import Foundation
import Imaging
import Project
import Yams

extension ComparisonPlan {
  /// Reads a plan from a YAML file; the paths in it are seen from the file's own folder.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(contentsOf file: URL) throws(ComparisonError) {
    try self.init(
      try ComparisonError.text(of: file), file: file.path,
      folder: file.deletingLastPathComponent())
  }

  /// Reads the text of a plan; `file` stands in messages, paths are seen from `folder`.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(_ text: String, file: String, folder: URL) throws(ComparisonError) {
    self = try PlanReader(folder: folder).plan(try YAMLPlace(text, file: file))
  }

  /// The plan in full, as `init` reads it.
  public var yaml: String {
    let data = Node.fields([
      "images": Node(data.images), "masks": data.masks.map { Node($0) },
      // What an older Aura knows stands under the name that it has there.
      "maskPolarity": data.values.isPolarity ? Node(data.values.text) : nil,
      "maskValues": data.values.isPolarity ? nil : Node(data.values.text), "split": division.node,
    ])
    return Node.fields([
      "data": data, "seeds": .list(seeds.map(String.init)), "protocol": Node(scoring.rawValue),
      "paper": paperTable.map { Node("table\($0)") },
      "recipes": Node(recipes.map(\.node)), "search": search?.node,
    ]).yaml
  }
}

extension LineSearch {
  fileprivate var node: Node {
    let lines = lines.map { line in
      (Node(line.parameter.rawValue), Node.list(line.values.map { "\($0)" }))
    }
    return Node([("recipe", Node(recipe))] + lines)
  }
}

extension Division {
  fileprivate var node: Node {
    switch self {
    case .file(let path): Node(path)
    case .drawn(let share, let seed, let groups):
      .fields(
        ["test": Node("\(share)"), "seed": Node("\(seed)"), "groups": groups.map { Node($0) }],
        style: .flow)
    case .folds(let count, let seed, let groups):
      .fields(
        ["folds": Node("\(count)"), "seed": Node("\(seed)"), "groups": groups.map { Node($0) }],
        style: .flow)
    }
  }
}

extension Node {
  /// Values as a list in one line.
  static func list(_ values: [String]) -> Node {
    Node(values.map { Node($0) }, .implicit, .flow)
  }

  /// Fields in the order given, a line each or all in one.
  static func fields(
    _ fields: KeyValuePairs<String, Node?>, style: Node.Mapping.Style = .any
  ) -> Node {
    let given = fields.compactMap { name, value in value.map { (Node(name), $0) } }
    return Node(given, .implicit, style)
  }

  /// The text of a file that holds it.
  var yaml: String {
    do {
      return try Yams.serialize(node: self, width: -1, allowUnicode: true)
    } catch {
      preconditionFailure("\(self) cannot be written: \(error)")
    }
  }
}
