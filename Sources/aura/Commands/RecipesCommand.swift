import ArgumentParser
import Comparison
import Console
import Project
import Recipes

/// `aura recipes`: the recipes that plans and `aura train --recipe` know by name.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "List the recipes that have names, or show one in full.",
    discussion: """
      Examples:
        aura recipes
        aura recipes unet+ac > mine.yaml      every setting, to change and to name in a plan
        aura train my-cells/ --recipe mine.yaml
      """)

  @Argument(help: "Name of a recipe, to show every setting of it as YAML.")
  var name: String?

  func run() throws {
    StandardStream.output.write(try Self.text(of: name))
  }

  /// A line for each recipe, or one of them in full.
  ///
  /// - Throws: `Failure` where there is none of that name.
  static func text(of name: String?) throws -> String {
    guard let name else {
      let entries = RecipeCatalogue.entries
      let width = entries.map(\.name.count).max() ?? 0
      return entries.map {
        $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.about + "\n"
      }.joined()
    }
    return RecipeFile.text(of: try RecipeSource.named(name))
  }
}
