import Yams

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
