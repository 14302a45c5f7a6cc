import Basics
import Project
import Recipes
import Screen

/// A run on the screen: its figures and its curve.
struct RunView {
  let run: RunState
  let runs: RunsOnDisk
  let curve: CurveSettings

  func draw(_ window: Window, into grid: inout Grid) {
    let (top, rest) = window.body.splitTop(run.crossValidation == nil ? 5 : 6)
    let figures = top.inset(columns: 1, rows: 0)
    window.drawLines(lines + diskLines, in: figures, into: &grid)
    if run.isActive, figures.size.rows > 4 {
      let gauge = Gauge(fraction: run.fraction)
      grid.draw(gauge, in: figures.splitBottom(1).bottom, theme: window.theme)
    }
    guard run.plan != nil else {
      let text =
        run.phase == .starting
        ? "The run is being prepared."
        : """
        No run yet. g trains a network on the accepted masks in the background; \
        labelling goes on meanwhile. Afterwards every other image gets a proposal.
        """
      window.drawEmpty(text, in: rest.inset(columns: 2, rows: 1), into: &grid)
      return
    }
    grid.draw(chart, in: rest.inset(columns: 1, rows: 0), theme: window.theme)
  }

  /// Loss by epoch: each step, smoothed, and the validation loss.
  var chart: Chart {
    let perEpoch = Double(run.plan?.length.stepsPerEpoch ?? 1)
    let stride = max(1, run.losses.count / 2_000)
    let steps = Swift.stride(from: stride - 1, to: run.losses.count, by: stride)
    let smooth = curve.smoothed(run.losses)
    let before = run.plan?.stepsDone ?? 0
    let places = steps.map { Double(before + $0 + 1) / perEpoch }
    var series: [Chart.Series] = []
    if run.losses.isEmpty {
      // Of an earlier session's run the epochs are known, not the steps.
      series.append(
        Chart.Series(
          "train", .train, run.epochs.map(\.trainLoss), at: run.epochs.map { Double($0.epoch) }))
    } else {
      if curve.smoothing > 0 {
        series.append(Chart.Series("each step", .dim, steps.map { run.losses[$0] }, at: places))
      }
      series.append(Chart.Series("train", .train, steps.map { smooth[$0] }, at: places))
    }
    let validated = run.epochs.filter { $0.validationLoss != nil }
    if !validated.isEmpty {
      series.append(
        Chart.Series(
          "validation", .validation, validated.compactMap(\.validationLoss),
          at: validated.map { Double($0.epoch) }))
    }
    return Chart(
      series: series, isLogarithmic: curve.isLogarithmic, best: run.bestEpoch.map(Double.init),
      firstPlace: 0, lastPlace: run.plan.map { Double($0.length.epochs) })
  }

  private var lines: [(String, Role)] {
    var first = run.summary
    if let name = run.plan?.name {
      first = run.phase == .past ? "\(name), \(first)" : "\(name)   \(first)"
    }
    if let remaining = run.remaining {
      first += "   ETA \(DurationText.clock(remaining, isAligned: true))"
    }
    if let start = run.plan?.recipe.weights.origin { first += "   from \(start)" }
    var lines: [(String, Role)] = [(first, .title)]
    guard let plan = run.plan else {
      return lines + (run.foundSize.map { [($0.text, .dim)] } ?? [])
    }
    var losses =
      "loss   train \(NumberText.decimal(run.epochs.last?.trainLoss ?? run.losses.last, digits: 4))"
    if let validation = run.epochs.last?.validationLoss {
      losses += "   validation \(NumberText.decimal(validation, digits: 4))"
    }
    if let speed = run.imagesPerSecond {
      losses += "   \(NumberText.decimal(speed, digits: 1)) images/s"
    }
    lines.append((losses, .text))
    if run.isWatched {
      lines.append((run.figures ?? "measured after each epoch", .best))
    } else if let best = run.bestEpoch {
      let since = max(0, run.epochsDone - best)
      let epochs = since == 1 ? "1 epoch" : "\(since) epochs"
      let after = run.phase == .past ? "\(epochs) before the last" : "\(epochs) ago"
      lines.append(("best epoch \(best), \(after)", .best))
    } else if let kept = run.kept {
      lines.append((kept.shortText, .best))
    } else if plan.validation.isEmpty {
      lines.append(
        ("no validation curve: all of so few labels are learnt from; last weights kept", .dim))
    } else {
      lines.append(("best epoch: none yet", .dim))
    }
    if let measured = run.crossValidation { lines.append((measured.shortText, .best)) }
    lines.append((settingsLine(plan), .dim))
    return lines
  }

  /// What runs take on disk, where the gauge of a run that is going on leaves room.
  private var diskLines: [(String, Role)] {
    guard !run.isActive, runs.count > 0 else { return [] }
    return [(runs.text + (runs.stopped.map { "   c goes on with \($0)" } ?? ""), .dim)]
  }

  private func settingsLine(_ plan: RunPlan) -> String {
    let recipe = plan.recipe
    let images =
      run.isWatched
      ? "simulated images, \(plan.length.steps) steps"
      : "\(plan.training.count) to train, \(plan.validation.count) to validate"
    let scale = curve.isLogarithmic ? ", log" : ""
    return "\(recipe.architecture)  \(images)  \(recipe.size) px, batch \(recipe.batch), "
      + "lr \(recipe.learningRate)  smooth \(curve.smoothing)\(scale)"
  }
}

extension StartingWeights {
  /// What the screen calls them; nothing for random ones.
  var origin: String? {
    switch self {
    case .random: nil
    case .simulated, .simulatedEncoder: "simulation"
    case .file(let path):
      // A run's weights are known by the run.
      path.hasPrefix("runs/") ? path.split(separator: "/").dropFirst().first.map(String.init) : path
    }
  }
}
