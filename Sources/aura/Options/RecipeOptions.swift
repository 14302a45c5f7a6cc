public import ArgumentParser
public import Recipes
import Training

/// The settings of a training run; what is not given follows the paper, or in a run that goes on from
/// a whole network's weights `Recipe.adapt(toFewLabels:)`, as the help of `aura train` tells: a default
/// that is changed there has a star.
struct RecipeOptions: ParsableArguments {
  /// Those of every run, its weights apart: what these may be, the command knows.
  enum Main: SettingScope {
    static let settings = Recipe.settings.filter { $0.groups.isEmpty && $0.name != "weights" }
    static func standard(_ setting: Setting<Recipe>) -> String? { starred(setting) }
  }

  /// Those of how the weights move.
  enum FineTuning: SettingScope {
    static let settings = Recipe.settings.filter { !$0.groups.isEmpty }
    static func standard(_ setting: Setting<Recipe>) -> String? { starred(setting) }
  }

  @OptionGroup private var main: SettingOptions<Main>
  @OptionGroup(title: "Fine-tuning") private var fineTuning: SettingOptions<FineTuning>

  /// `base` with what was given on the command line in its place.
  ///
  /// - Throws: `RecipeError` for what `validate` refuses.
  func recipe(over base: Recipe) throws(RecipeError) -> Recipe {
    try fineTuning.settings(over: try main.settings(over: base))
  }

  /// Whether the setting at a place was given.
  func gives(_ path: PartialKeyPath<Recipe>) -> Bool { main.gives(path) || fineTuning.gives(path) }

  func validate() throws {
    guard gives(\.size) else { return }
    do throws(RecipeError) {
      let recipe = try recipe(over: Recipe())
      // Without a network the side is looked at when that is known; some network has to take it.
      guard
        gives(\.architecture)
          || !Architecture.allCases.contains(where: { $0.takes(side: recipe.size) })
      else { return }
      try recipe.checkSize()
    } catch {
      throw ValidationError("--\(error)")
    }
  }

  private static func starred(_ setting: Setting<Recipe>) -> String? {
    let paper = setting.text(of: Recipe())
    let isAdapted = [1, 20, 100].contains { labels in
      var recipe = Recipe()
      recipe.adapt(toFewLabels: labels)
      return setting.text(of: recipe) != paper
    }
    return paper.map { isAdapted ? "\($0) *" : $0 }
  }
}

extension Architecture: ExpressibleByArgument {}

extension StartingWeights: ExpressibleByArgument {
  /// Reads `none`, `simulated` or a path.
  public init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}
