import ArgumentParser
import Comparison
import Console
import Foundation
import Project
import Recipes
import Workflows

/// Where the settings of a run come from: a recipe that `aura recipes` lists, a YAML file, or the
/// `recipe.json` of an earlier run.
struct RecipeSource: ExpressibleByArgument, Equatable {
  private let text: String

  /// Takes a name or a path.
  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    text = argument
  }

  /// The settings.
  ///
  /// - Throws: `ComparisonError` with the line of a YAML file, `ProjectError` for a damaged `recipe.json`,
  ///   `Failure` for a name that no recipe has.
  func recipe() throws -> Recipe {
    let file = URL(filePath: text)
    switch file.pathExtension.lowercased() {
    case "yaml", "yml":
      return try RecipeFile(contentsOf: file).named.recipe
    case "json": return try Recipe(contentsOf: file)
    default:
      return try Self.named(text, orElse: "a .yaml file, a run's recipe.json, or one of ").recipe
    }
  }

  /// The recipe of a name; `orElse` stands before the names in the error where there is none.
  ///
  /// - Throws: `Failure` for a name that no recipe has.
  static func named(_ name: String, orElse: String = "") throws -> NamedRecipe {
    guard let entry = RecipeCatalogue.entries.first(where: { $0.name == name }) else {
      throw Failure(
        .badInput,
        "there is no recipe '\(name)'; take \(orElse)"
          + RecipeCatalogue.entries.map(\.name).joined(separator: ", "))
    }
    return try RecipeFile(entry.yaml, file: name, name: name).named
  }
}
