public import Foundation
import Project
public import Recipes
import Yams

/// A recipe as YAML: a setting a line, named as in `recipe.json`, besides `name` and `base`.
///
/// ```yaml
/// name: unet+ac
/// architecture: unet
/// gamma: 0.25
/// ```
/// What is not said is as in `base`, a recipe of the catalogue, or as the reader's own default.
public struct RecipeFile: Equatable, Sendable {
  /// The recipe under its name.
  public let named: NamedRecipe

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file; without a `name` its own counts.
  ///   - defaults: What is not said.
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(contentsOf file: URL, defaults: Recipe = Recipe()) throws(ComparisonError) {
    try self.init(
      try ComparisonError.text(of: file), file: file.path,
      name: file.deletingPathExtension().lastPathComponent, defaults: defaults)
  }

  /// Reads a text; `file` stands in messages, `name` is the recipe's where the text has none.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(
    _ text: String, file: String, name: String? = nil, defaults: Recipe = Recipe()
  ) throws(ComparisonError) {
    let reader = RecipeReader(defaults: defaults)
    named = try reader.named(try YAMLPlace(text, file: file), name: name)
  }

  /// A recipe in full.
  public static func text(of named: NamedRecipe) -> String { node(of: named).yaml }

  /// A recipe in full, in the order of the settings.
  static func node(of named: NamedRecipe) -> Node {
    var recipe = Node.Mapping([("name", Node(named.name))])
    for setting in Recipe.settings where setting.isShared {
      guard let text = setting.text(of: named.recipe) else { continue }
      let isList = setting.isList && text.contains(",")
      let value = isList ? Node.list(text.split(separator: ",").map(String.init)) : Node(text)
      guard let name = setting.groups.last else {
        recipe[setting.name] = value
        continue
      }
      var group = recipe[name]?.mapping ?? [:]
      group[setting.name] = value
      recipe[name] = .mapping(group)
    }
    return .mapping(recipe)
  }
}
