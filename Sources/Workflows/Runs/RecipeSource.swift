public import Comparison
import Foundation
import Project
public import Recipes

/// Where the settings of a run come from: a recipe of the catalogue, a YAML file, or the `recipe.json` of
/// an earlier run.
public struct RecipeSource: Equatable, Sendable {
  private let text: String

  /// Takes a name or a path.
  public init(_ text: String) { self.text = text }

  /// The settings.
  ///
  /// - Throws: `ComparisonError` with the line of a YAML file, `ProjectError` for a damaged `recipe.json`,
  ///   `WorkflowError.noRecipe` for a name that no recipe has.
  public func recipe() throws -> Recipe {
    let file = URL(filePath: text)
    return switch file.pathExtension.lowercased() {
    case "yaml", "yml": try NamedRecipe(contentsOf: file).recipe
    case "json": try Recipe(contentsOf: file)
    default: try Self.named(text, orFile: true).recipe
    }
  }

  /// The recipe of a name, which may be `orFile`.
  ///
  /// - Throws: `WorkflowError.noRecipe` for a name that no recipe has.
  public static func named(_ name: String, orFile: Bool = false) throws -> NamedRecipe {
    guard let entry = RecipeCatalogue.entries.first(where: { $0.name == name }) else {
      throw WorkflowError.noRecipe(name, orFile: orFile)
    }
    return NamedRecipe(name, entry.recipe())
  }
}
