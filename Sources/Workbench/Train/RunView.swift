import Basics
import Project
import Recipes
import Screen

extension Model {
  /// Draws the run: its figures and its curve.
  func drawRun(_ layout: Layout, into grid: inout Grid) {
    let (top, rest) = layout.body.splitTop(5)
    drawRunFigures(in: top.inset(columns: 1, rows: 0), into: &grid)
    guard run.plan != nil else {
      let text =
        run.phase == .starting
        ? "The run is being prepared."
        : """
        No run yet. g trains a network on the accepted masks in the background; \
        labelling goes on meanwhile. Afterwards every other image gets a proposal.
        """
      grid.draw(
        TextBlock(text, role: .dim), in: rest.inset(columns: 2, rows: 1), theme: theme)
      return
    }
    grid.draw(chart, in: rest.inset(columns: 1, rows: 0), theme: theme)
  }

  /// Loss by epoch: each step, smoothed, and the validation loss.
  var chart: Chart {
    let perEpoch = Double(run.plan?.length.stepsPerEpoch ?? 1)
    let stride = max(1, run.losses.count / 2_000)
    let steps = Swift.stride(from: stride - 1, to: run.losses.count, by: stride)
    let weight = RunBoard.weights[run.smoothing]
    let smooth = weight > 0 ? Smoothing.exponential(run.losses, weight: weight) : run.losses
    let before = run.plan?.stepsDone ?? 0
    let places = steps.map { Double(before + $0 + 1) / perEpoch }
    var series: [Chart.Series] = []
    if run.losses.isEmpty {
      // Of an earlier session's run the epochs are known, not the steps.
      series.append(
        Chart.Series(
          "train", .train, run.epochs.map(\.trainLoss), at: run.epochs.map { Double($0.epoch) }))
    } else {
      if weight > 0 {
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
      series: series, isLogarithmic: run.isLogarithmic, best: run.bestEpoch.map(Double.init),
      axisLabel: "epoch", firstPlace: 0, lastPlace: run.plan.map { Double($0.length.epochs) })
  }

  private func drawRunFigures(in rect: Rect, into grid: inout Grid) {
    for (row, line) in runLines.prefix(rect.size.rows).enumerated() {
      grid.write(
        line.0.fitted(to: rect.size.columns), column: rect.origin.column,
        row: rect.origin.row + row, style: theme.style(line.1, bold: row == 0))
    }
    if run.isActive, rect.size.rows > 4 {
      grid.draw(
        Gauge(fraction: run.fraction, label: "", role: .train),
        in: rect.splitBottom(1).bottom, theme: theme)
    }
  }

  private var runLines: [(String, Role)] {
    var first = run.summary
    if let name = run.plan?.name {
      first = run.phase == .past ? "\(name), \(first)" : "\(name)   \(first)"
    }
    if let remaining = run.remaining {
      first += "   ETA \(DurationText.clock(remaining, isAligned: true))"
    }
    if let start = run.plan?.recipe.weights.origin { first += "   from \(start)" }
    var lines: [(String, Role)] = [(first, .title)]
    guard let plan = run.plan else { return lines }
    var losses =
      "loss   train \(NumberText.decimal(run.epochs.last?.trainLoss ?? run.losses.last, digits: 4))"
    if let validation = run.epochs.last?.validationLoss {
      losses += "   validation \(NumberText.decimal(validation, digits: 4))"
    }
    if let speed = run.imagesPerSecond {
      losses += "   \(NumberText.decimal(speed, digits: 1)) images/s"
    }
    lines.append((losses, .text))
    if isWatching {
      lines.append((run.figures ?? "measured after each epoch", .best))
    } else if let best = run.bestEpoch, let since = run.sinceBest {
      let epochs = since == 1 ? "1 epoch" : "\(since) epochs"
      let after = run.phase == .past ? "\(epochs) before the last" : "\(epochs) ago"
      lines.append(("best epoch \(best), \(after)", .best))
    } else if plan.validationImages == 0 {
      lines.append(
        ("no validation curve: all of so few labels are learnt from; last weights kept", .dim)
      )
    } else {
      lines.append(("best epoch: none yet", .dim))
    }
    lines.append((settingsLine(plan), .dim))
    return lines
  }

  private func settingsLine(_ plan: RunPlan) -> String {
    let recipe = plan.recipe
    let images =
      isWatching
      ? "simulated images, \(plan.length.steps) steps"
      : "\(plan.trainingImages) to train, \(plan.validationImages) to validate"
    let scale = run.isLogarithmic ? ", log" : ""
    return "\(recipe.architecture)  \(images)  \(recipe.size) px, batch \(recipe.batch), "
      + "lr \(recipe.learningRate)  smooth \(run.smoothing)\(scale)"
  }

  /// Draws what a run would do.
  func drawPlan(_ plan: PlanDialog, _ layout: Layout, into grid: inout Grid) {
    let columns = min(layout.body.size.columns - 4, 64)
    let frame = layout.body.centered(Size(columns: columns, rows: 13))
    grid.clear(frame, style: theme.style(.text))
    grid.draw(
      Panel(title: "Train on \(labelCount) accepted masks", isFocused: true), in: frame,
      theme: theme)
    let inside = Panel.content(of: frame).inset(columns: 1, rows: 0)
    var row = inside.origin.row
    func line(_ text: String, _ style: Style) {
      grid.write(
        text.fitted(to: inside.size.columns), column: inside.origin.column, row: row, style: style)
      row += 1
    }
    guard let settings = plan.settings, let estimate = plan.estimate else {
      line("working out what suits these labels ...", theme.style(.dim))
      return
    }
    let start = settings.weights.origin.map { " from \($0)" } ?? ""
    line(
      "\(settings.architecture)\(start): \(estimate.trainingImages) to train, "
        + "\(estimate.validationImages) to validate", theme.style(.text))
    row += 1
    for field in PlanDialog.Field.allCases {
      let isChosen = field == plan.field
      let value = plan.value(of: field).map(String.init) ?? ""
      line(
        "\(isChosen ? ">" : " ") \(plan.title(of: field).padded(to: 8)) < \(value) >",
        isChosen ? theme.selected() : theme.style(.text))
    }
    row += 1
    let time = estimate.seconds.map { "about \(DurationText.words($0))" } ?? "time unknown"
    line(plan.isStale ? "working out the time ..." : time, theme.style(.accent, bold: true))
    if changedCount > 0 {
      let isOne = changedCount == 1
      line(
        "\(changedCount) changed \(isOne ? "mask trains" : "masks train") as last accepted",
        theme.style(.warning))
    }
    for text in TextBlock.wrap(estimate.note ?? "", columns: inside.size.columns).prefix(2) {
      line(text, theme.style(.warning))
    }
    let hints = [
      KeyHints.Hint("Enter", "start"), KeyHints.Hint("arrows", "change"),
      KeyHints.Hint("Esc", "not now"),
    ]
    grid.draw(KeyHints(hints), in: inside.splitBottom(1).bottom, theme: theme)
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
