import Project
import Recipes

/// The settings of a run before it starts: those that the table of settings gives to the screen.
struct PlanDialog: Equatable, Sendable {
  /// Accepted masks in all.
  let labels: Int
  /// Of these, how many were drawn on since they were accepted.
  let changed: Int
  /// The newest answer of the host.
  var estimate: RunEstimate?
  /// The settings as adjusted; the estimate's before that.
  var recipe: Recipe?
  /// Which of the fields the arrows change.
  private(set) var chosen = 0

  /// The settings that would start now.
  var settings: Recipe? { recipe ?? estimate?.recipe }

  /// Whether the estimate is for other settings than those shown.
  var isStale: Bool { estimate == nil || (recipe != nil && recipe != estimate?.recipe) }

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
    fields[chosen].move(&settings, by: steps)
    recipe = settings
  }
}
