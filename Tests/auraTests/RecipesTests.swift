import Comparison
import Console
import Recipes
import Testing

@testable import aura

struct RecipesTests {
  @Test func `every recipe is listed, and reads back as itself`() throws {
    let lines = try RecipesCommand.text(of: nil).split(separator: "\n")
    #expect(lines.count == RecipeCatalogue.entries.count)
    for (line, entry) in zip(lines, RecipeCatalogue.entries) {
      #expect(line.hasPrefix(entry.name + " ") && line.hasSuffix(entry.about))
      let text = try RecipesCommand.text(of: entry.name)
      let short = try RecipeFile(entry.yaml, file: "short", name: entry.name)
      #expect(try RecipeFile(text, file: "full") == short)
    }
    #expect(try RecipesCommand.text(of: "unet+ac").contains("gamma: 0.25"))
  }

  @Test func `a name that no recipe has is told with those that there are`() {
    let failure = #expect(throws: Failure.self) { try RecipesCommand.text(of: "unet+dice") }
    #expect(failure?.text.contains("'unet+dice'; take unet, unet+resnet") == true)
  }
}
