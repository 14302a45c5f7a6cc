import Basics
import Foundation
import Recipes

/// What is told of a kind of run.
protocol RunWords: Sendable {
  /// What is told before the first step.
  mutating func began(_ plan: RunPlan) -> Told
  /// What stands beside the bar after a step, the run having taken some seconds.
  mutating func note(_ step: StepRecord, seconds: Double) -> String
  /// What is told of an epoch.
  mutating func ended(_ epoch: EpochRecord, isBest: Bool) -> Told
  /// What is told of a validation.
  func measured(_ record: ValidationRecord) -> Told
  /// What is told at the end.
  func finished(_ outcome: RunOutcome) -> Told
}

/// Lines for standard error, and an object for standard output.
struct Told {
  var lines: [String] = []
  var json: JSONObject?
}

extension Told {
  /// What is told of a cross-validation.
  init(_ result: CrossValidation) {
    self.init(
      lines: [result.text], json: ["event": "crossValidated", "crossValidation": result])
  }
}

/// What is told of a training on labelled images.
struct TrainingWords: RunWords {
  private var plan: RunPlan?
  private var lastEpoch: EpochRecord?

  mutating func began(_ plan: RunPlan) -> Told {
    self.plan = plan
    let recipe = plan.recipe
    let held =
      plan.validation.isEmpty
      ? "none to validate on, all labels are learnt from"
      : "\(plan.validation.count) to validate on"
    return Told(
      lines: [
        "\(recipe.architecture) at \(recipe.size)x\(recipe.size), from "
          + "\(recipe.weights == .random ? "random" : recipe.weights.text) weights, "
          + "\(recipe.steps.map { "\($0) steps in " } ?? "")\(plan.length.epochs) epochs: "
          + "\(plan.training.count) images to train on, \(held)",
        "run folder: \(plan.folder.path)",
      ],
      json: [
        "event": "started", "folder": plan.folder.path, "recipe": recipe,
        "training": plan.training, "validation": plan.validation,
      ])
  }

  mutating func note(_ step: StepRecord, seconds: Double) -> String {
    let epochs = plan.map { "/\($0.length.epochs)" } ?? ""
    let note = "epoch \(step.epoch)\(epochs) loss \(NumberText.decimal(step.loss, digits: 4))"
    return note
      + (lastEpoch?.validationLoss.map { " val \(NumberText.decimal($0, digits: 4))" } ?? "")
  }

  mutating func ended(_ epoch: EpochRecord, isBest: Bool) -> Told {
    lastEpoch = epoch
    return Told(json: [
      "event": "epoch", "epoch": epoch.epoch, "trainLoss": epoch.trainLoss,
      "validationLoss": epoch.validationLoss, "seconds": epoch.seconds,
      "imagesPerSecond": epoch.imagesPerSecond, "isBest": isBest,
    ])
  }

  func measured(_ record: ValidationRecord) -> Told { Told() }

  func finished(_ outcome: RunOutcome) -> Told {
    let ending = outcome.wasStopped ? "stopped after" : "done:"
    let best = outcome.bestEpoch.map { ", best epoch \($0)" } ?? ""
    return Told(
      lines: ["\(ending) \(outcome.epochs) epochs\(best)"]
        + (outcome.kept.map { [$0.text] } ?? [])
        + (outcome.weights.map { ["weights: \($0.path)"] } ?? []),
      json: [
        "event": "finished", "epochs": outcome.epochs, "bestEpoch": outcome.bestEpoch,
        "stopped": outcome.wasStopped, "weights": outcome.weights?.path, "kept": outcome.kept,
      ])
  }
}

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
