import Foundation
import Imaging
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

  /// Images whose strokes are not what was decided: drawn on and never accepted, or since.
  var changedKeys: [ImageKey] {
    entries.filter { entry in
      let strokes = strokes(of: entry.key)
      guard !strokes.isEmpty else { return false }
      guard entry.state.hasMask else { return Self.standing(strokes) > 0 }
      guard let mask = try? acceptedMask(of: entry.key) else { return false }
      let draft = DraftHistory(width: mask.width, height: mask.height, strokes: strokes)
      return draft.canUndo && draft.mask != mask
    }.map(\.key)
  }

  /// How many edits are not taken back.
  private static func standing(_ strokes: [Stroke]) -> Int {
    var (done, undone) = (0, 0)
    for stroke in strokes {
      switch stroke {
      case .edit, .adopt: (done, undone) = (done + 1, 0)
      case .undo where done > 0: (done, undone) = (done - 1, undone + 1)
      case .redo where undone > 0: (done, undone) = (done + 1, undone - 1)
      case .undo, .redo: break
      }
    }
    return done
  }
}
