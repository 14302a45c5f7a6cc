public import Foundation
import Project
public import Recipes

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
  ///   - networks: Which networks there are; none to accept any.
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(
    contentsOf file: URL, defaults: Recipe = Recipe(), networks: [NetworkRule] = []
  ) throws(ComparisonError) {
    try self.init(
      try ComparisonError.text(of: file), file: file.path,
      name: file.deletingPathExtension().lastPathComponent, defaults: defaults, networks: networks)
  }

  /// Reads a text; `file` stands in messages, `name` is the recipe's where the text has none.
  ///
  /// - Throws: `ComparisonError.yaml` with the line.
  public init(
    _ text: String, file: String, name: String? = nil, defaults: Recipe = Recipe(),
    networks: [NetworkRule] = []
  ) throws(ComparisonError) {
    let reader = RecipeReader(defaults: defaults, networks: networks)
    named = try reader.named(try YAMLPlace(text, file: file), name: name)
  }

  /// A recipe in full.
  public static func text(of named: NamedRecipe) -> String {
    lines(of: named).joined(separator: "\n") + "\n"
  }

  /// A recipe in full, a line a setting.
  static func lines(of named: NamedRecipe) -> [String] {
    ["name: \(YAMLText.scalar(named.name))"]
      + lines(RecipeField.all, named.recipe, indent: "")
      + ["\(RecipeField.fineTuningName):"]
      + lines(RecipeField.fineTuning, named.recipe, indent: "  ")
  }

  private static func lines(
    _ fields: [RecipeField], _ recipe: Recipe, indent: String
  ) -> [String] {
    fields.compactMap { field in field.text(recipe).map { "\(indent)\(field.name): \($0)" } }
  }
}
