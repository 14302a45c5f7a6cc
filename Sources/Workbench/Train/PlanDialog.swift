import Project
import Recipes

/// The settings of a run before it starts: those that the table of settings gives to the screen.
struct PlanDialog: Equatable, Sendable {
  /// Accepted masks in all.
  let labels: Int
  /// Of these, how many were drawn on since they were accepted.
  let changed: Int
  /// The newest answer of the host.
  var forecast: RunForecast?
  /// The settings as adjusted; the forecast's before that.
  var recipe: Recipe?
  /// Which of the fields the arrows change.
  private(set) var chosen = 0

  /// Whether the run is to start as soon as it is known that it can.
  var isAwaited = false

  /// The settings that are shown.
  var settings: Recipe? { recipe ?? forecast?.recipe }

  /// The settings to start with; none where it is not known that a run by them can be done.
  var startable: Recipe? {
    guard !isStale, case .go = forecast?.verdict else { return nil }
    return forecast?.recipe
  }

  /// Why a run by the settings shown cannot be done, if it is known that it cannot.
  var refusal: String? {
    guard !isStale, case .refused(let text) = forecast?.verdict else { return nil }
    return text
  }

  /// Whether the forecast is for other settings than those shown.
  var isStale: Bool { forecast == nil || (recipe != nil && recipe != forecast?.recipe) }

  /// What can be set: what counts in the settings, epochs or steps.
  var fields: [Setting<Recipe>] {
    guard let settings else { return [] }
    return Recipe.settings.filter { $0.screen != nil && $0.text(of: settings) != nil }
  }

  /// Chooses a field, where there is one.
  mutating func choose(_ place: Int) {
    if fields.indices.contains(place) { chosen = place }
  }

  /// Chooses a field further down, or further up where it is negative; around the ends.
  mutating func choose(by steps: Int) {
    guard !fields.isEmpty else { return }
    choose((chosen + steps + fields.count) % fields.count)
  }

  /// Changes the chosen field by steps.
  mutating func adjust(by steps: Int) {
    guard var settings, fields.indices.contains(chosen) else { return }
    isAwaited = false
    fields[chosen].move(&settings, by: steps)
    recipe = settings
  }
}
