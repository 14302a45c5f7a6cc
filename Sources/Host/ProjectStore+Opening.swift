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
      let parts = ((try? run.split())?.parts ?? [:]).sorted { $0.key < $1.key }
      func keys(_ part: Split.Part) -> [ImageKey] {
        parts.filter { $0.value == part }.map(\.key)
      }
      let training = keys(.train)
      let best = epochs.filter { $0.validationLoss?.isFinite == true }
        .min { ($0.validationLoss ?? 0, $0.epoch) < ($1.validationLoss ?? 0, $1.epoch) }
      let plan = RunPlan(
        folder: run.url, recipe: recipe, training: training, validation: keys(.validation),
        length: RunLength(recipe, trainingImages: training.count), history: epochs)
      return .pastRun(plan, bestEpoch: best?.epoch)
    }
    return nil
  }
}
