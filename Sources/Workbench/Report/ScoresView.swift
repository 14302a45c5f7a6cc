import Imaging
import Basics
import Comparison
import Project
import Recipes
import Screen

extension Model {
  /// Draws the recipes with their scores, what is to be said of the chosen one, and where there is
  /// room the curves below.
  func drawScores(_ layout: Layout, into grid: inout Grid) {
    guard let board = report else { return }
    let area = layout.body.inset(columns: 1, rows: 0)
    let lines = reportLines(board)
    let (upper, below) = area.splitTop(
      area.size.rows >= 36 ? min(lines.rows.count + 6, area.size.rows / 2) : area.size.rows)
    let (details, rest) = upper.splitBottom(4)
    let (heading, table) = rest.splitTop(1)
    grid.write(
      scoresHeading(board).fitted(to: heading.size.columns), column: heading.origin.column,
      row: heading.origin.row, style: theme.style(.title, bold: true))
    grid.draw(
      Table(
        columns: scoreColumns(area.size.columns), rows: lines.rows, selected: lines.selected),
      in: table, theme: theme)
    drawDetails(board, in: details, into: &grid)
    if !below.isEmpty { drawCurveChart(board, in: below, into: &grid) }
  }

  private func scoresHeading(_ board: ReportBoard) -> String {
    let order =
      switch board.sorting {
      case .plan: "in the plan's order"
      case .best(let metric): "best \(metric.title) first"
      }
    return "Mean over test images [95 % interval], \(order)"
  }

  /// All but a second reading of the same distance.
  private static let metrics = Metric.allCases.filter { $0 != .hausdorff95 }

  /// Whether the interval of a metric has room.
  private func showsInterval(_ metric: Metric, _ width: Int) -> Bool {
    metric == .iou || (width >= 118 && metric == .dice)
      || (width >= 160 && metric != .boundaryIoU)
  }

  private func intervalColumns(_ metric: Metric, _ width: Int) -> Int {
    (metric.unit == .pixels ? 20 : 17) + (width >= 160 ? 2 : 0)
  }

  private func scoreColumns(_ width: Int) -> [Table.Column] {
    [Table.Column(width: 1), Table.Column("recipe")]
      + Self.metrics.map { metric in
        Table.Column(
          metric.shortTitle,
          width: showsInterval(metric, width) ? intervalColumns(metric, width) : 6,
          alignsRight: true)
      } + (width >= 100 ? [Table.Column("runs", width: 5, alignsRight: true)] : [])
  }

  /// The table's lines, and which of them is chosen: recipes, and under each its runs if several.
  private func reportLines(_ board: ReportBoard) -> (rows: [[Table.Item]], selected: Int?) {
    let width = Layout(self).body.size.columns - 2
    var rows: [[Table.Item]] = []
    var selected: Int?
    for (place, recipe) in board.recipes.enumerated() {
      if place == board.selected { selected = rows.count }
      let runs = board.results.runs(of: recipe.name)
      rows.append(recipeLine(recipe.name, runs.count, board, width))
      guard runs.count > 1 else { continue }
      rows += runs.map { runLine($0, width) }
    }
    return (rows, selected)
  }

  private func recipeLine(
    _ name: String, _ runs: Int, _ board: ReportBoard, _ width: Int
  ) -> [Table.Item] {
    let isHidden = board.hidden.contains(name)
    let mark = Table.Item(isHidden ? " " : "●", runs == 0 ? .dim : curveRole(of: name, board))
    let items = Self.metrics.map { metric -> Table.Item in
      guard let found = board.summary.summary(metric, of: name) else {
        return Table.Item("-", .dim)
      }
      var text = metric.text(found.mean)
      if showsInterval(metric, width), let interval = found.interval {
        text += " [\(metric.text(interval.lowerBound)), \(metric.text(interval.upperBound))]"
      }
      return Table.Item(text, board.summary.best(metric) == name ? .best : .text)
    }
    let all = board.results.plan.runs.count { $0.recipe == name }
    let isBroken = board.results.broken.contains { $0.run.recipe == name }
    // In a narrow table the name needs the room; below it stands what became of the chosen one.
    let state = width >= 100 ? (isBroken ? " (broke off)" : " (not finished)") : ""
    let title = runs == 0 ? name + state : name
    return [mark, Table.Item(title, runs == 0 ? .dim : .text)] + items
      + (width >= 100 ? [Table.Item("\(runs)/\(all)", .dim)] : [])
  }

  private func runLine(_ result: RunResult, _ width: Int) -> [Table.Item] {
    let fold = result.run.fold.map { " fold \($0)" } ?? ""
    return [Table.Item(""), Table.Item("  seed \(result.run.seed)\(fold)", .dim)]
      + Self.metrics.map { metric in
        let mean = Statistics.mean(result.scores.compactMap { $0.scores[metric] })
        return Table.Item(mean.map(metric.text) ?? "-", .dim)
      } + (width >= 100 ? [Table.Item("")] : [])
  }

  /// What sets the chosen recipe apart, how it stands against the best, and how its training went.
  private func drawDetails(_ board: ReportBoard, in rect: Rect, into grid: inout Grid) {
    guard let recipe = board.recipe, rect.size.rows >= 4 else { return }
    let settings = recipe.recipe
    let length = settings.steps.map { "\($0) steps" } ?? "\(settings.epochs) epochs"
    let lines: [(String, Role)] = [
      (String(repeating: "─", count: rect.size.columns), .border),
      (
        "\(recipe.name): \(settings.architecture), start \(settings.weights.text), "
          + "\(settings.size) px, \(length), gamma \(settings.gamma), lambda \(settings.lambda)",
        .title
      ),
      (standing(of: recipe.name, board), .text), (training(of: recipe.name, board), .dim),
    ]
    for (offset, line) in lines.enumerated() {
      grid.write(
        line.0.fitted(to: rect.size.columns), column: rect.origin.column,
        row: rect.origin.row + offset, style: theme.style(line.1))
    }
  }

  private func standing(of name: String, _ board: ReportBoard) -> String {
    let broken = board.results.broken.filter { $0.run.recipe == name }
    let runs = board.results.runs(of: name).count
    guard let best = board.summary.best(.iou), runs > 0 else {
      return broken.first.map { "broke off: \($0.reason)" } ?? "no run of it is finished yet"
    }
    let missing = broken.isEmpty ? "" : "; \(broken.count) of its runs broke off and do not count"
    guard best != name else { return "the best mean IoU" + missing }
    let parts = [Metric.iou, .dice, .hausdorff].compactMap { metric -> String? in
      guard let found = board.summary.difference(metric, of: name, from: best) else { return nil }
      let ends = found.interval.map {
        " [\(metric.signedText($0.lowerBound)), \(metric.signedText($0.upperBound))]"
      }
      return "\(metric.title) \(metric.signedText(found.mean))\(ends ?? "")"
    }
    var text = "against \(best), the best\(missing):"
    for part in parts where text.columns + part.columns + 4 <= size.columns { text += "  " + part }
    return text
  }

  private func training(of name: String, _ board: ReportBoard) -> String {
    let runs = board.results.runs(of: name)
    guard let first = runs.first else { return "" }
    let seconds = runs.flatMap(\.history).reduce(0) { $0 + $1.seconds }
    let best = first.history.filter { $0.validationLoss != nil }
      .min { ($0.validationLoss ?? 0) < ($1.validationLoss ?? 0) }
    let loss = best.map {
      "lowest validation loss \(NumberText.decimal($0.validationLoss, digits: 4)) in epoch \($0.epoch)  "
    }
    return (loss ?? "no validation  ")
      + (runs.count == 1
        ? "trained \(DurationText.words(seconds))"
        : "\(runs.count) runs trained \(DurationText.words(seconds))")
  }
}
