/// A parameter's dotted name, as PyTorch's `state_dict` spells it: `encoder.layer1.0.conv1.weight`.
public struct Path: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The dotted text; empty at the root.
  public let description: String

  /// Wraps a dotted text.
  public init(_ text: String) { description = text }

  /// Wraps a dotted text.
  public init(stringLiteral text: String) { description = text }

  /// The path of a child.
  public static func / (parent: Path, child: String) -> Path {
    Path(parent.description.isEmpty ? child : parent.description + "." + child)
  }

  /// The path of a numbered child.
  public static func / (parent: Path, child: Int) -> Path { parent / String(child) }
}
