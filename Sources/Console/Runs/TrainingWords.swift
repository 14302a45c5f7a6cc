import Basics
import Foundation
import Recipes

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
        + (outcome.weights.map { ["weights: \($0.path)"] } ?? []),
      json: [
        "event": "finished", "epochs": outcome.epochs, "bestEpoch": outcome.bestEpoch,
        "stopped": outcome.wasStopped, "weights": outcome.weights?.path,
      ])
  }
}
