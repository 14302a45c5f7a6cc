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
  public static func text(of named: NamedRecipe) -> String {
    lines(of: named).joined(separator: "\n") + "\n"
  }

  /// A recipe in full, a line a setting.
  static func lines(of named: NamedRecipe) -> [String] {
    var lines = ["name: \(YAMLText.scalar(named.name))"]
    var group: String?
    for setting in Recipe.settings where setting.isShared {
      guard let text = setting.text(of: named.recipe) else { continue }
      if setting.groups.last != group, let new = setting.groups.last { lines.append("\(new):") }
      group = setting.groups.last
      lines.append((group == nil ? "" : "  ") + "\(setting.name): \(yaml(setting, text))")
    }
    return lines
  }

  /// A setting's value; one of several parts as a list.
  private static func yaml(_ setting: Setting<Recipe>, _ text: String) -> String {
    guard setting.isList, text.contains(",") else { return YAMLText.scalar(text) }
    return YAMLText.list(text.split(separator: ",").map { YAMLText.scalar(String($0)) })
  }
}
