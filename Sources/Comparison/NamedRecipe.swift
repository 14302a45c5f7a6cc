public import Foundation
public import Recipes
import Yams

/// A recipe with the name that it goes by in a comparison.
///
/// As YAML it is a setting a line, named as in `recipe.json`, besides `name` and `base`.
///
/// ```yaml
/// name: unet+ac
/// architecture: unet
/// gamma: 0.25
/// ```
/// What is not said is as in `base`, a recipe of the catalogue, or as the reader's own default.
public struct NamedRecipe: Equatable, Sendable {
  /// The name: letters, digits and `+-_.`, as it stands in folder names.
  public let name: String
  /// The settings; the seed is the comparison's.
  public var recipe: Recipe

  /// Joins both.
  ///
  /// - Precondition: `isName(name)`.
  public init(_ name: String, _ recipe: Recipe) {
    precondition(Self.isName(name), "'\(name)' as a recipe's name")
    self.name = name
    self.recipe = recipe
  }

  /// Reads a YAML file; without a `name` its own counts.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(contentsOf file: URL, defaults: Recipe = Recipe()) throws(ComparisonError) {
    try self.init(
      yaml: try ComparisonError.text(of: file), file: file.path,
      name: file.deletingPathExtension().lastPathComponent, defaults: defaults)
  }

  /// Reads a text; `file` stands in messages, `name` is the recipe's where the text has none.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(
    yaml: String, file: String, name: String? = nil, defaults: Recipe = Recipe()
  ) throws(ComparisonError) {
    let reader = RecipeReader(defaults: defaults)
    self = try reader.named(try YAMLPlace(yaml, file: file), name: name)
  }

  /// Whether a text can be a name: it can be a part of a file's.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || ["+", "-", "_", "."].contains($0)
    }
    return isPlain && first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
  }

  /// The recipe in full, as `init` reads it.
  public var yaml: String { node.yaml }

  /// The recipe in full, in the order of the settings.
  var node: Node {
    var lines = Node.Mapping([("name", Node(name))])
    for setting in Recipe.settings where setting.isShared {
      guard let text = setting.text(of: recipe) else { continue }
      let isList = setting.isList && text.contains(",")
      let value = isList ? Node.list(text.split(separator: ",").map(String.init)) : Node(text)
      guard let name = setting.groups.last else {
        lines[setting.name] = value
        continue
      }
      var group = lines[name]?.mapping ?? [:]
      group[setting.name] = value
      lines[name] = .mapping(group)
    }
    return .mapping(lines)
  }
}
