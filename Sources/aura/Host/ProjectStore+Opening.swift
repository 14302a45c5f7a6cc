import Foundation
import Project
import Recipes
import Workbench

extension ProjectStore {
  /// The newest run with settings, as the train screen shows it; none where there was no run.
  var pastRun: Event? {
    for run in runs.reversed() {
      guard let recipe = try? run.recipe() else { continue }
      let epochs = (try? run.history()) ?? []
      let parts = (try? run.split())?.parts.values.map(\.self) ?? []
      let training = parts.count { $0 == .train }
      let best = epochs.filter { $0.validationLoss?.isFinite == true }
        .min { ($0.validationLoss ?? 0, $0.epoch) < ($1.validationLoss ?? 0, $1.epoch) }
      let plan = RunPlan(
        name: run.id, recipe: recipe, trainingImages: training,
        validationImages: parts.count { $0 == .validation },
        length: RunLength(recipe, trainingImages: training))
      return .pastRun(plan, epochs, bestEpoch: best?.epoch)
    }
    return nil
  }
}
