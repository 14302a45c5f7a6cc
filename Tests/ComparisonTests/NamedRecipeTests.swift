import Basics
import Comparison
import Foundation
import Project
import Recipes
import Testing

struct NamedRecipeTests {
  @Test func `a recipe says what differs from the defaults`() throws {
    let text = """
      name: unet+ac
      architecture: unet
      gamma: 0.5
      weights: simulated-encoder
      learningRate: 1e-4
      augmentation: paper
      fineTuning:
        warmup: 5
        batchNorm: frozen
      """
    let named = try NamedRecipe(yaml: text, file: "a.yaml")
    var expected = Recipe()
    expected.architecture = .unet
    expected.loss.gamma = 0.5
    expected.weights = .simulatedEncoder
    expected.learningRate = 1e-4
    expected.augmentation = .paper
    expected.optimisation.warmup = 5
    expected.optimisation.batchNorm = .frozen
    #expect(named == NamedRecipe("unet+ac", expected))
  }

  @Test func `a recipe written in full reads back the same`() throws {
    var recipe = Recipe()
    recipe.steps = 70
    recipe.weights = .file("/a folder/with: \"quotes\".pth")
    recipe.augmentation = .steps(Recipe.Augmentation.paperSteps)
    recipe.loss.epsilon = 3e-11
    recipe.loss.reduction = .sum
    recipe.optimisation.ema = 0.995
    recipe.optimisation.learntShare = .fixed(0.25)
    let named = NamedRecipe("a+b", recipe)
    let read = try NamedRecipe(yaml: named.yaml, file: "b.yaml")
    #expect(read == named)
  }

  @Test func `a path of any characters reads back the same`() throws {
    var generator = SeededGenerator(seed: 3)
    let characters = Array(
      "ab0.~-?:,[]{}#&*!|>'\"%@`=<\\/ \n\r\t\u{0}\u{7}\u{85}\u{2028}\u{FEFF}é😀")
    for _ in 0..<500 {
      let path = (0...generator.index(below: 12)).map { _ in
        characters[generator.index(below: characters.count)]
      }
      var recipe = Recipe()
      recipe.weights = .file("/" + String(path))
      let text = NamedRecipe("a", recipe).yaml
      #expect(try NamedRecipe(yaml: text, file: "b").recipe == recipe, "\(text)")
    }
  }

  @Test(arguments: [
    ("name: a\ngama: 1\n", 2, "'gama' is no setting of a recipe; the settings are architecture,"),
    ("name: a\nsize: 8\n", 2, "size is '8'; a whole number from 16 to 4096, please"),
    ("name: a\nsize: 48\n", 2, "size 48: aura-net needs a multiple of 64, such as 64"),
    ("name: a\nsize: 96\n", 2, "size 96: aura-net needs a multiple of 64"),
    (
      "name: a\narchitecture: ce-net\nsize: 160\n", 3,
      "size 160: ce-net needs a multiple of 32 from 192 on"
    ),
    ("name: a\n\narchitecture: u-net\n", 3, "architecture is 'u-net'; it is aura-net, unet"),
    ("name: a\nkeep: first\n", 2, "keep is 'first'; it is best, last, average"),
    ("name: a\nfineTuning:\n  warmpu: 3\n", 3, "'warmpu' is no setting of fineTuning"),
    ("name: a\nbeta: -1\n", 2, "beta is '-1'; a number of 0 or more, please"),
    ("name: a\nbeta: nan\n", 2, "beta is 'nan'; a number of 0 or more, please"),
    ("name: a\nsteps: 5\nepochs: 5\n", 3, "give either steps or epochs"),
    ("name: a\nseed: 5\n", 2, "a recipe has no seed; a plan has"),
    ("name: a\nbase: unets\n", 2, "'unets' is no recipe of the catalogue"),
    ("name: a\naugmentation: sideways\n", 2, "sideways"),
    ("name: a/b\n", 1, "'a/b' as a name; letters"),
    ("gamma: 1\n", 1, "this recipe has no name"),
    ("- 1\n", 1, "a recipe is a list of `name: value`"),
    ("name: [\n", 2, "did not find expected node content"),
    ("", 1, "there is nothing in it"),
  ])
  func `an error names the line and what is allowed`(
    text: String, line: Int, reason: String
  ) throws {
    let error = try #require(throws: ComparisonError.self) {
      try NamedRecipe(yaml: text, file: "x.yaml")
    }
    let said = error.description
    #expect(said.hasPrefix("x.yaml:\(line): "), "\(said)")
    #expect(said.contains(reason), "\(said)")
  }

  @Test func `a recipe begins with one of the catalogue`() throws {
    var defaults = Recipe()
    defaults.epochs = 7
    let named = try NamedRecipe(
      yaml: "name: mine\nbase: unet+attention\nbeta: 1\n", file: "c.yaml", defaults: defaults)
    #expect(named.recipe.architecture == .attentionUNet)
    #expect(named.recipe.loss.gamma == 0)
    #expect(named.recipe.loss.beta == 1)
    #expect(named.recipe.epochs == 7)
  }

  @Test func `the catalogue has the paper's eight ablations and five networks`() throws {
    let ablations = [
      ("unet", "unet", 0.0), ("unet+resnet", "unet-resnet", 0),
      ("unet+attention", "attention-unet", 0), ("unet+ac", "unet", 0.25),
      ("unet+resnet+ac", "unet-resnet", 0.25), ("unet+attention+ac", "attention-unet", 0.25),
      ("unet+resnet+attention", "aura-net", 0), ("aura-net", "aura-net", 0.25),
    ]
    for (name, network, gamma) in ablations {
      let recipe = try NamedRecipe(yaml: "base: \(name)", file: "d.yaml", name: name).recipe
      #expect(recipe.architecture.rawValue == network)
      #expect(recipe.loss.gamma == gamma)
    }
    for network in ["unet", "attention-unet", "unet-resnet", "aura-net", "ce-net"] {
      let recipe = try NamedRecipe(yaml: "base: \(network)", file: "d.yaml", name: network).recipe
      #expect(recipe.architecture.rawValue == network)
    }
  }
}
