import Basics
import Foundation
import Recipes

/// What is told of a pretraining: a line a validation.
struct PretrainingWords: RunWords {
  private let settings: PretrainingSettings
  private var first = 0
  private var loss: Double?

  init(_ settings: PretrainingSettings) { self.settings = settings }

  mutating func began(_ plan: RunPlan) -> Told {
    first = plan.stepsDone
    let sizes = settings.sizes.map { "\(settings.count(at: $0)) of \($0)x\($0)" }
    var lines = [
      "\(settings.recipe.architecture), \(settings.steps) steps of simulated images: "
        + sizes.joined(separator: ", ")
    ]
    if first > 0 { lines.append("going on after step \(first)") }
    lines.append("run folder: \(plan.folder.path)")
    return Told(
      lines: lines,
      json: [
        "event": "started", "folder": plan.folder.path, "settings": settings, "stepsDone": first,
      ])
  }

  mutating func note(_ step: StepRecord, seconds: Double) -> String {
    // A running mean over some fifty steps: single ones jump with the size and the images.
    let mean = loss.map { $0 + 0.02 * (step.loss - $0) } ?? step.loss
    loss = mean
    let images = settings.sizes.map(settings.count).reduce(0, +)
    let speed =
      Double(step.step - first) * Double(images) / Double(settings.sizes.count)
      / max(1e-3, seconds)
    return "step \(step.step)/\(settings.steps) loss \(NumberText.decimal(mean, digits: 4)) "
      + "\(String(format: "%.1f", speed)) images/s"
  }

  func ended(_ epoch: EpochRecord, isBest: Bool) -> Told { Told() }

  func measured(_ record: ValidationRecord) -> Told {
    Told(
      lines: [
        "step \(record.step)  loss \(NumberText.decimal(record.trainLoss, digits: 4)), simulated "
          + "\(NumberText.decimal(record.simulatedLoss, digits: 4))  \(record.scores)"
      ],
      json: ["event": "validated", "record": record])
  }

  func finished(_ outcome: RunOutcome) -> Told {
    Told(
      lines: outcome.weights.map { ["weights: \($0.path)"] } ?? [],
      json: [
        "event": "finished", "stopped": outcome.wasStopped, "weights": outcome.weights?.path,
      ])
  }
}
