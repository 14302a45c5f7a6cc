import ArgumentParser
import Recipes

/// The settings of a pretraining.
struct PretrainOptions: ParsableArguments {
  /// Its own, and those of its recipe that count.
  enum Scope: SettingScope {
    static let settings =
      [
        \PretrainingSettings.recipe.architecture, \.recipe.objects, \.recipe.batch,
        \.recipe.seed, \.recipe.learningRate,
      ]
      .map(PretrainingSettings.setting)
      + PretrainingSettings.settings.filter { $0.groups.isEmpty || isOfLoss($0) }

    private static func isOfLoss(_ setting: Setting<PretrainingSettings>) -> Bool {
      LossSettings.settings.contains { $0.name == setting.name }
    }
  }

  @OptionGroup private var options: SettingOptions<Scope>

  /// `base` with what was given on the command line in its place.
  ///
  /// - Throws: `RecipeError` for what `validate` refuses.
  func settings(over base: PretrainingSettings?) throws(RecipeError) -> PretrainingSettings {
    var settings = try options.settings(over: base ?? PretrainingSettings())
    // A warm-up that nobody asked for fits itself to a short run.
    if base == nil, !options.gives(\.warmup) {
      settings.warmup = min(settings.warmup, settings.steps / 10)
    }
    return settings
  }

  func validate() throws {
    do throws(RecipeError) {
      _ = try CheckedPretraining(try settings(over: nil))
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
