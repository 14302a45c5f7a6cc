import Project
import Recipes

/// A setting of a recipe as a YAML file has it: how it is read, checked and written.
struct RecipeField: Sendable {
  /// Its name, as in `recipe.json`.
  let name: String
  /// Puts what stands at a place into a recipe.
  let read: @Sendable (YAMLPlace, inout Recipe) throws(ComparisonError) -> Void
  /// What a recipe has, as YAML; nil where it has none.
  let text: @Sendable (Recipe) -> String?

  /// The settings of a recipe itself, in the order in which they are written.
  static let all: [RecipeField] = [
    .text("architecture", \.architecture), .weights, .integer("size", \.size, 64...4096),
    .epochs, .steps, .integer("batch", \.batch, 1...256),
    .number("learningRate", \.learningRate, .positive),
    .number("validation", \.validation, .share), .word("keep", \.keep), .augmentation,
    .number("alpha", \.alpha, .notNegative), .number("beta", \.beta, .notNegative),
    .number("gamma", \.gamma, .notNegative), .number("lambda", \.lambda, .notNegative),
    .number("epsilon", \.epsilon, .positive), .word("reduction", \.reduction),
  ]

  /// The settings below `fineTuning`.
  static let fineTuning: [RecipeField] = [
    .integer("warmup", \.fineTuning.warmup, 0...1_000_000),
    .word("schedule", \.fineTuning.schedule), .word("batchNorm", \.fineTuning.batchNorm),
    .number("encoderRate", \.fineTuning.encoderRate, .rate),
    .number("layerDecay", \.fineTuning.layerDecay, .decay),
    .number("ema", \.fineTuning.ema, .share),
    .number("simulatedShare", \.fineTuning.simulatedShare, .share),
  ]

  /// The name of the settings that stand below one.
  static let fineTuningName = "fineTuning"

  private static func text(
    _ name: String, _ path: any WritableKeyPath<Recipe, String> & Sendable
  ) -> RecipeField {
    RecipeField(name: name) { place, recipe throws(ComparisonError) in
      recipe[keyPath: path] = try place.text(name)
    } text: {
      YAMLText.scalar($0[keyPath: path])
    }
  }

  private static func integer(
    _ name: String, _ path: any WritableKeyPath<Recipe, Int> & Sendable, _ range: ClosedRange<Int>
  ) -> RecipeField {
    RecipeField(name: name) { place, recipe throws(ComparisonError) in
      recipe[keyPath: path] = try place.integer(name, range)
    } text: {
      "\($0[keyPath: path])"
    }
  }

  private static func number(
    _ name: String, _ path: any WritableKeyPath<Recipe, Double> & Sendable, _ limits: NumberLimits
  ) -> RecipeField {
    RecipeField(name: name) { place, recipe throws(ComparisonError) in
      recipe[keyPath: path] = try place.number(name, limits)
    } text: {
      "\($0[keyPath: path])"
    }
  }

  private static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Recipe, Word> & Sendable
  ) -> RecipeField {
    RecipeField(name: name) { place, recipe throws(ComparisonError) in
      recipe[keyPath: path] = try place.word(name, of: Array(Word.allCases))
    } text: {
      $0[keyPath: path].rawValue
    }
  }

  private static let weights = RecipeField(name: "weights") {
    place, recipe throws(ComparisonError) in
    recipe.weights = StartingWeights(try place.text("weights"))
  } text: {
    YAMLText.scalar($0.weights.text)
  }

  /// A number of epochs takes the place of a number of steps, as on the command line.
  private static let epochs = RecipeField(name: "epochs") { place, recipe throws(ComparisonError) in
    recipe.epochs = try place.integer("epochs", 1...100_000)
    recipe.steps = nil
  } text: {
    $0.steps == nil ? "\($0.epochs)" : nil
  }

  private static let steps = RecipeField(name: "steps") { place, recipe throws(ComparisonError) in
    recipe.steps = try place.integer("steps", 1...10_000_000)
  } text: {
    $0.steps.map { "\($0)" }
  }

  private static let augmentation = RecipeField(name: "augmentation") {
    place, recipe throws(ComparisonError) in
    var texts: [String] = []
    for item in place.items { texts.append(try item.text("augmentation")) }
    do throws(RecipeError) {
      recipe.augmentation = try Recipe.Augmentation(texts.joined(separator: ","))
    } catch {
      throw place.failure(error.description)
    }
  } text: { recipe in
    guard case .steps(let steps) = recipe.augmentation else { return recipe.augmentation.text }
    return YAMLText.list(steps.map { YAMLText.scalar($0.text) })
  }
}
