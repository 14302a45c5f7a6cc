public import Autograd

/// Where weights and a network do not fit each other: every name that one of them lacks, and every tensor
/// of another shape.
public struct Misfit: Equatable, Sendable, CustomStringConvertible {
  /// A tensor that is not as large as the network needs it.
  public struct Misshapen: Equatable, Sendable {
    /// Its name.
    public let key: Path
    /// What the network needs.
    public let expected: Shape
    /// What the weights have.
    public let found: Shape

    /// Describes a tensor.
    public init(key: Path, expected: Shape, found: Shape) {
      (self.key, self.expected, self.found) = (key, expected, found)
    }
  }

  /// What the network has and the weights lack.
  public var missing: [Path]
  /// What the weights have and the network lacks.
  var unexpected: [Path]
  /// What both have in other shapes.
  var misshapen: [Misshapen]

  /// Collects what does not fit.
  public init(missing: [Path] = [], unexpected: [Path] = [], misshapen: [Misshapen] = []) {
    (self.missing, self.unexpected, self.misshapen) = (missing, unexpected, misshapen)
  }

  /// How many tensors do not fit.
  public var count: Int { missing.count + unexpected.count + misshapen.count }

  /// One line: the first names of each kind, how many more there are, and what to try.
  public var description: String {
    var parts: [String] = []
    if let first = misshapen.first {
      let more = misshapen.count > 1 ? " (and \(misshapen.count - 1) more of other shapes)" : ""
      parts.append("'\(first.key)' is \(first.found), the network needs \(first.expected)\(more)")
    }
    if !missing.isEmpty { parts.append("\(Self.list(missing)) missing from the weights") }
    if !unexpected.isEmpty { parts.append("\(Self.list(unexpected)) unknown to the network") }
    let onlyShapes = missing.isEmpty && unexpected.isEmpty
    return parts.joined(separator: ", ")
      + (onlyShapes ? "; was it trained with other widths?" : "; are they of another architecture?")
  }

  /// A line for each tensor: all that `description` counts.
  public var lines: [String] {
    missing.map { "missing: \($0)" } + unexpected.map { "left over: \($0)" }
      + misshapen.map { "misshapen: \($0.key) is \($0.found), the network needs \($0.expected)" }
  }

  private static func list(_ paths: [Path]) -> String {
    let named = paths.prefix(2).map { "'\($0)'" }.joined(separator: ", ")
    let rest = paths.count - 2
    let text = rest > 0 ? "\(named) and \(rest) more" : named
    return paths.count == 1 ? "\(text) is" : "\(text) are"
  }
}
