import ArgumentParser
import Comparison
import Console
import Workflows

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
    try StandardStream.output.write(
      try name.map { try RecipeSource.named($0).yaml } ?? RecipeCatalogue.lines)
  }
}
