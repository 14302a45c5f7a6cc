import Files
import Comparison
import Foundation
@testable import Project
import Recipes
import TestSupport
import Testing
import Workflows

struct RecipeSourceTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func recipe(_ text: String) throws -> Recipe {
    try RecipeSource(text).recipe()
  }

  @Test func `a recipe is taken by its name, from YAML, and from an earlier run`() throws {
    let named = try recipe("unet+ac")
    #expect(named.architecture == .unet && named.loss.gamma == 0.25)
    try folder.write(Data("base: unet+ac\nlambda: 2\nepochs: 7\n".utf8), to: "mine.yaml")
    var own = named
    (own.loss.lambda, own.epochs) = (2, 7)
    #expect(try recipe(folder.path("mine.yaml")) == own)
    own.seed = 5
    let run = RunFolder(id: "run", url: folder.url.appending(path: "run"))
    try AtomicWrite.makeFolder(run.url)
    try run.write(own)
    #expect(try recipe(run.recipeFile.path) == own)
    let copy = folder.url.appending(path: "copy.json")
    try FileManager.default.copyItem(at: run.recipeFile, to: copy)
    #expect(try recipe(copy.path) == own)
  }

  @Test(arguments: [
    ("{\"epochs\": \"many\"}", "epochs is 'many'; a whole number from 1 to 100000"),
    ("{\"epochs\": 1e300}", "epochs is '1e+300'; a whole number from 1 to 100000"),
    ("{\"seed\": -1}", "seed is '-1.0'; a whole number from 0 to"),
    ("{\"fineTuning\": {\"warmup\": \"x\"}}", "fineTuning.warmup is 'x'; a whole number from 0"),
    ("{\"gama\": 1}", "'gama' is no setting of a recipe; the settings are architecture,"),
    ("{\"fineTuning\": {\"warmpu\": 1}}", "'warmpu' is no setting of fineTuning"),
    ("{\"alpha\": -3}", "alpha is '-3.0'; a share from 0 to 1"),
    ("[1]", "not the JSON that it should be"), ("{\"epochs\":", "not the JSON that it should be"),
  ])
  func `a damaged recipe is told with the value that is wrong`(text: String, reason: String) throws
  {
    try folder.write(Data(text.utf8), to: "bad.json")
    let error = #expect(throws: ProjectError.self) { try recipe(folder.path("bad.json")) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func `what is wrong is told with its line, or with what there is`() throws {
    try folder.write(Data("architecture: unet\ngama: 1\n".utf8), to: "typo.yaml")
    let typo = #expect(throws: ComparisonError.self) { try recipe(folder.path("typo.yaml")) }
    #expect(typo?.description.contains("typo.yaml:2: ") == true)
    let size = "architecture: ce-net\nsize: 128\n"
    try folder.write(Data(size.utf8), to: "size.yaml")
    #expect(throws: ComparisonError.self) { try recipe(folder.path("size.yaml")) }
    let unknown = #expect(throws: WorkflowError.self) { try recipe("unet+dice") }
    #expect(unknown?.description.contains("one of unet, unet+resnet") == true)
    #expect(throws: (any Error).self) { try recipe(folder.path("none.yaml")) }
    #expect(throws: (any Error).self) { try recipe(folder.path("none/recipe.json")) }
  }

  @Test func `every recipe is listed, and reads back as itself`() throws {
    let lines = RecipeCatalogue.lines.split(separator: "\n")
    #expect(lines.count == RecipeCatalogue.entries.count)
    for (line, entry) in zip(lines, RecipeCatalogue.entries) {
      #expect(line.hasPrefix(entry.name + " ") && line.hasSuffix(entry.about))
      let named = try RecipeSource.named(entry.name)
      #expect(named == NamedRecipe(entry.name, entry.recipe()))
      #expect(try NamedRecipe(yaml: named.yaml, file: "full") == named)
    }
  }

  @Test func `a name that no recipe has is told with those that there are`() {
    let error = #expect(throws: WorkflowError.self) { try RecipeSource.named("unet+dice") }
    #expect(error?.description.contains("'unet+dice'; take unet, unet+resnet") == true)
  }
}
