import ArgumentParser
import Comparison
@testable import Recipes
import Testing

@testable import aura

struct SettingOptionsTests {
  @Test(arguments: Recipe.settings.indices)
  func `every setting is an option of aura train and a line of aura recipes`(index: Int) throws {
    let setting = Recipe.settings[index]
    let help = Aura.helpMessage(for: TrainCommand.self, columns: 400)
    #expect(help.contains("--\(setting.option) <"))
    if setting.name != "weights" { #expect(help.contains(setting.help.dropLast())) }
    var recipe = Recipe()
    if setting.name == "steps" { recipe.steps = 5 }
    guard setting.isShared, setting.text(of: recipe) != nil else { return }
    let yaml = NamedRecipe("a", recipe).yaml
    let line = (setting.groups.isEmpty ? "\n" : "\n  ") + "\(setting.name): "
    #expect(yaml.contains(line), "\(yaml)")
  }

  @Test(arguments: [
    ("epochs", ["0", "100001", "x"]), ("steps", ["0", "10000001"]), ("batch", ["0", "257"]),
    ("size", ["8", "4097", "63"]), ("alpha", ["-0.1", "1.1", "nan"]), ("beta", ["-1", "inf"]),
    ("keep", ["first"]), ("percentiles", ["99,1", "5", "x,y"]), ("learningRate", ["0", "nan"]),
    ("warmup", ["-1", "1000001"]), ("learntShare", ["-0.1", "1.1", "x", "nan"]),
  ])
  func `the same limits hold on the command line and in YAML`(name: String, values: [String]) throws
  {
    let setting = try #require(Recipe.settings.first { $0.name == name })
    for value in values {
      let error = #expect(throws: (any Error).self, "\(name) \(value)") {
        try Aura.parseAsRoot(["train", "x", "--\(setting.option)=\(value)"])
      }
      #expect(Aura.exitCode(for: try #require(error)) == .validationFailure)
      let group = setting.groups.first.map { "\($0):\n  " } ?? ""
      #expect(throws: ComparisonError.self, "\(name) \(value)") {
        try NamedRecipe(yaml: "name: a\n\(group)\(name): \(value)\n", file: "a.yaml")
      }
    }
  }
}
