import Basics
import Foundation
@testable import Recipes
import Testing

struct SettingsTests {
  private static func decoded<Value: Decodable>(_ json: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(json.utf8))
  }

  /// A JSON object with a value in a setting's place.
  private static func object(_ setting: Setting<Recipe>, _ value: String) -> String {
    let inner = "{\"\(setting.name)\": \(value)}"
    return setting.groups.reversed().reduce(inner) { "{\"\($1)\": \($0)}" }
  }

  /// Values that no setting of a kind may be, as JSON, by the words of its limits.
  static func outside(_ setting: Setting<Recipe>) -> [String] {
    let words = setting.advice
    if words.hasPrefix("a whole number") {
      let bounds = words.split { !$0.isNumber }.compactMap { Double($0) }
      return ["\"x\"", "0.5", "-1", "1e300"] + (bounds[0] > 0 ? ["0"] : [])
    }
    if words.contains("to below 1") { return ["-0.1", "1", "\"x\""] }
    if words.contains("from 0 to 1,") { return ["-0.1", "1.1", "\"x\""] }
    if words.contains("above 0 and up to 1") { return ["0", "1.1", "\"x\""] }
    if words.contains("from 0 to 10") { return ["-0.1", "11", "\"x\""] }
    if words.contains("of 0 or more") { return ["-1", "1e60", "\"x\""] }
    if words.contains("above 0") { return ["0", "-1", "1e-60", "1e60", "\"x\""] }
    return words.hasPrefix("none, simulated") ? ["\"\"", "1"] : ["\"x\"", "1"]
  }

  @Test func `a recipe and a pretraining read back as they were written`() throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.steps, recipe.seed) = (.ceNet, 70, .max)
    (recipe.loss.reduction, recipe.optimisation.ema) = (.sum, 0.99)
    recipe.augmentation = .steps(Recipe.Augmentation.paperSteps)
    recipe.percentiles = try #require(Percentiles("1,98.5"))
    #expect(try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(recipe)) == recipe)
    var settings = PretrainingSettings()
    (settings.recipe, settings.sizes) = (recipe, [64, 128])
    let read = try JSONDecoder().decode(
      PretrainingSettings.self, from: JSONEncoder().encode(settings))
    #expect(read == settings)
  }

  @Test(arguments: Recipe.settings.indices)
  func `every setting is in JSON, and is held to its limits there`(index: Int) throws {
    let setting = Recipe.settings[index]
    let json = String(decoding: try JSONEncoder().encode(Recipe()), as: UTF8.self)
    #expect(setting.text(of: Recipe()) == nil || json.contains("\"\(setting.name)\":"))
    for value in Self.outside(setting) {
      let error = #expect(throws: RecipeError.self, "\(setting.place) \(value)") {
        let _: Recipe = try Self.decoded(Self.object(setting, value))
      }
      guard case .augmentation? = error else {
        #expect(error?.description.contains(setting.place) == true, "\(setting.place) \(value)")
        continue
      }
    }
  }

  @Test(arguments: Recipe.settings.indices)
  func `what a setting says of itself it reads again`(index: Int) throws {
    let setting = Recipe.settings[index]
    var recipe = Recipe()
    if setting.text(of: recipe) == nil { recipe.steps = 30 }
    guard let text = setting.text(of: recipe) else { return }
    var read = Recipe()
    _ = try read.take(setting, text)
    #expect(read == recipe)
    #expect(!setting.help.isEmpty && setting.help.hasSuffix("."))
  }

  @Test func `recipes of older versions stay readable, and unknown names do not`() throws {
    let plain: Recipe = try Self.decoded("{\"augments\": false, \"epochs\": 7}")
    #expect(plain.augmentation == .none && plain.epochs == 7)
    let inside: PretrainingSettings = try Self.decoded("{\"recipe\": {\"augments\": false}}")
    #expect(inside.recipe.augmentation == .none)
    #expect(throws: RecipeError.self) { let _: Recipe = try Self.decoded("{\"gama\": 1}") }
    let error = #expect(throws: RecipeError.self) {
      let _: PretrainingSettings = try Self.decoded("{\"recipe\": {\"fineTuning\": {\"x\": 1}}}")
    }
    #expect(error?.description.hasPrefix("'x' is no setting of fineTuning; the settings") == true)
  }

  @Test func `percentiles are two numbers in their order, in JSON and as text`() throws {
    let read: Recipe = try Self.decoded("{\"percentiles\": [2, 95]}")
    #expect(read.percentiles == Percentiles(low: 2, high: 95))
    var recipe = Recipe()
    let setting = Recipe.setting(\.percentiles)
    try recipe.take([(setting, "2,95")])
    #expect(recipe == read && setting.option == "percentiles")
    for text in ["95,2", "2", "0,101", "a,b"] {
      let error = #expect(throws: RecipeError.self) { try recipe.take([(setting, text)]) }
      #expect(error?.description.contains("such as 0.1,99.9, please") == true)
    }
    for json in ["[95, 2]", "[2]", "\"2,95\""] {
      #expect(throws: RecipeError.self) {
        let _: Recipe = try Self.decoded("{\"percentiles\": \(json)}")
      }
    }
  }

  @Test func `epochs and steps take each other's place`() throws {
    var recipe = Recipe()
    let (epochs, steps) = (Recipe.setting(\.epochs), Recipe.setting(\.steps))
    try recipe.take([(steps, "50")])
    #expect(recipe.steps == 50 && epochs.text(of: recipe) == nil)
    try recipe.take([(epochs, "9")])
    #expect(recipe.steps == nil && recipe.epochs == 9)
    #expect(throws: RecipeError.epochsAndSteps) { try recipe.take([(epochs, "9"), (steps, "5")]) }
  }

  @Test func `the dialog moves a setting within limits of its own`() throws {
    var recipe = Recipe()
    for setting in Recipe.settings where setting.screen != nil {
      recipe.steps = setting.name == "steps" ? 100 : nil
      let limits = try #require(setting.screen?.limits)
      for _ in 0..<2_000 { setting.move(&recipe, by: -1) }
      #expect(setting.text(of: recipe) == "\(limits.lowerBound)", "\(setting.name)")
      for _ in 0..<2_000 { setting.move(&recipe, by: 1) }
      #expect(setting.text(of: recipe) == "\(limits.upperBound)", "\(setting.name)")
      try recipe.take([(setting, "\(limits.upperBound)")])
    }
    let epochs = Recipe.setting(\.epochs)
    (recipe.steps, recipe.epochs) = (nil, 100)
    var seen: [String?] = []
    for _ in 0..<8 {
      epochs.move(&recipe, by: -1)
      seen.append(epochs.text(of: recipe))
    }
    #expect(seen == ["90", "80", "70", "60", "50", "45", "40", "35"])
  }

  @Test func `a checked recipe is one that can be trained with`() throws {
    var recipe = Recipe()
    let checked = try CheckedRecipe(recipe, labels: 8)
    #expect(checked.batch == 4 && checked.length.steps == 200)
    #expect(throws: RecipeError.noLabels) { try CheckedRecipe(recipe, labels: 0) }
    recipe.size = 160
    #expect(throws: RecipeError.size(160, .auraNet)) { try CheckedRecipe(recipe, labels: 8) }
    recipe.architecture = .ceNet
    #expect(
      RecipeError.size(160, .ceNet).description
        == "size 160: ce-net needs a multiple of 32 from 192 on, such as 192")
    #expect(throws: RecipeError.size(160, .ceNet)) { try CheckedRecipe(recipe, labels: 8) }
    (recipe.architecture, recipe.size) = (.auraNet, 64)
    let tooSmall = RecipeError.tooSmall(size: 64, multiple: 64)
    #expect(throws: tooSmall) { try CheckedRecipe(recipe, labels: 1) }
    recipe.optimisation.batchNorm = .frozen
    _ = try CheckedRecipe(recipe, labels: 1)
    recipe.optimisation.warmup = 101
    #expect(throws: RecipeError.warmup(101, steps: 100)) { try CheckedRecipe(recipe, labels: 1) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -1])
  func `numbers that make no sense are refused, wherever they come from`(number: Double) {
    let paths: [WritableKeyPath<Recipe, Double>] = [
      \.learningRate, \.validation, \.loss.alpha, \.loss.beta, \.loss.gamma, \.loss.lambda,
      \.loss.epsilon, \.optimisation.encoderRate, \.optimisation.layerDecay, \.optimisation.ema,
      \.optimisation.simulatedShare,
    ]
    for path in paths {
      var recipe = Recipe()
      recipe[keyPath: path] = number
      #expect(throws: RecipeError.self) { try CheckedRecipe(recipe, labels: 8) }
    }
  }
}
