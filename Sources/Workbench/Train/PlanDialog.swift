import Project
import Recipes

/// The settings of a run before it starts.
struct PlanDialog: Equatable, Sendable {
  /// What can be set.
  enum Field: Int, CaseIterable, Sendable {
    /// Epochs, or steps where the settings count those.
    case length
    /// The side of the crop.
    case size
    /// Images in a step.
    case batch
  }

  /// Accepted masks in all.
  let labels: Int
  /// Of these, how many were drawn on since they were accepted.
  let changed: Int
  /// The newest answer of the host.
  var estimate: RunEstimate?
  /// The settings as adjusted; the estimate's before that.
  var recipe: Recipe?
  /// The field that the arrows change.
  var field = Field.length

  /// The settings that would start now.
  var settings: Recipe? { recipe ?? estimate?.recipe }

  /// Whether the estimate is for other settings than those shown.
  var isStale: Bool { estimate == nil || (recipe != nil && recipe != estimate?.recipe) }

  /// What the box calls a field.
  func title(of field: Field) -> String {
    switch field {
    case .length: settings?.steps == nil ? "epochs" : "steps"
    case .size: "size"
    case .batch: "batch"
    }
  }

  /// A field's value.
  func value(of field: Field) -> Int? {
    guard let settings else { return nil }
    switch field {
    case .length: return settings.steps ?? settings.epochs
    case .size: return settings.size
    case .batch: return settings.batch
    }
  }

  /// Changes the chosen field by steps.
  mutating func adjust(by steps: Int) {
    guard var settings else { return }
    switch field {
    case .length:
      if let count = settings.steps {
        settings.steps = min(max(10, (count / 10 + steps) * 10), 10_000)
      } else {
        let step = settings.epochs + min(0, steps) >= 50 ? 10 : settings.epochs > 10 ? 5 : 1
        settings.epochs = min(max(1, settings.epochs + steps * step), 1_000)
      }
    case .size: settings.size = min(max(64, (settings.size / 64 + steps) * 64), 1_024)
    case .batch: settings.batch = min(max(1, settings.batch + steps), 32)
    }
    recipe = settings
  }
}
