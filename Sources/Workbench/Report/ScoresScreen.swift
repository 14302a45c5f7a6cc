import Basics
import Comparison
import Imaging
import Project
import Recipes
import Screen

/// The recipes of a comparison and what they score.
struct ScoresScreen: ScreenPart {
  enum Command: Sendable {
    case recipe(RecipeCommand)
    case sort
  }

  private var listView = ListView()

  static let table = joined(
    RecipeCommand.bindings(besideCurves: false) { .recipe($0) },
    [Binding<Self>("s", .sort, "sort by the plan, IoU, Dice or HD").hint("sort", 5)])

  mutating func perform(_ command: Command, _ report: inout ReportContext) -> [Effect] {
    switch command {
    case .recipe(let command):
      report.perform(command, page: ScoresLayout(report).table.size.rows - 1)
    case .sort: report.sort()
    }
    return []
  }

  /// A click chooses a recipe by its line or one of its runs', a second shows its predictions.
  mutating func take(_ mouse: Mouse, _ report: inout ReportContext) -> [Effect] {
    let layout = ScoresLayout(report)
    guard layout.table.contains(mouse.point),
      let click = listView.take(
        mouse, table(report, layout), in: layout.table, isDoubleClick: report.window.isDoubleClick)
    else { return [] }
    report.select(layout.lines[click.row].recipe)
    if click.opens { report.show(.panes) }
    return []
  }

  mutating func follow(_ report: inout ReportContext) -> [Effect] {
    let layout = ScoresLayout(report)
    listView.scroll.follow(
      layout.line(of: report.selected), of: layout.lines.count,
      visible: layout.table.size.rows - 1)
    return []
  }

  /// Draws the scores, what is to be said of the chosen recipe, and where there is room the curves.
  func draw(_ report: ReportContext, into grid: inout Grid) {
    let layout = ScoresLayout(report)
    report.window.drawTitle(heading(report), in: layout.heading, into: &grid)
    grid.draw(table(report, layout), in: layout.table, theme: report.window.theme)
    drawDetails(report, in: layout.details, into: &grid)
    if !layout.curves.isEmpty { LossChart(report: report).draw(in: layout.curves, into: &grid) }
  }

  private func table(_ report: ReportContext, _ layout: ScoresLayout) -> Table {
    let (lines, width) = (layout.lines, layout.table.size.columns)
    return Table(
      columns: columns(width), count: lines.count, selected: layout.line(of: report.selected),
      first: listView.scroll.first
    ) { line in
      let recipe = report.recipes[lines[line].recipe]
      let runs = report.results.runs(of: recipe.name)
      return lines[line].run.map { runLine(runs[$0], width) }
        ?? recipeLine(recipe.name, runs.count, report, width)
    }
  }

  private func heading(_ report: ReportContext) -> String {
    let order = report.sorting.map { "best \($0.title) first" } ?? "in the plan's order"
    return "Mean over test images [95 % interval], \(order)"
  }

  /// Those of pixels but for a second reading of the same distance.
  private static let metrics = Metric.allCases.filter { !$0.isOfCells && $0 != .hausdorff95 }

  /// Whether the interval of a metric has room.
  private func showsInterval(_ metric: Metric, _ width: Int) -> Bool {
    metric == .iou || (width >= 118 && metric == .dice)
      || (width >= 160 && metric != .boundaryIoU)
  }

  private func intervalColumns(_ metric: Metric, _ width: Int) -> Int {
    (metric.unit == .pixels ? 20 : 17) + (width >= 160 ? 2 : 0)
  }

  private func columns(_ width: Int) -> [Table.Column] {
    [Table.Column(width: 1), Table.Column("recipe")]
      + Self.metrics.map { metric in
        Table.Column(
          metric.shortTitle,
          width: showsInterval(metric, width) ? intervalColumns(metric, width) : 6,
          alignsRight: true)
      } + (width >= 100 ? [Table.Column("runs", width: 5, alignsRight: true)] : [])
  }

  private func recipeLine(
    _ name: String, _ runs: Int, _ report: ReportContext, _ width: Int
  ) -> [Table.Item] {
    let isHidden = report.hidden.contains(name)
    let mark = Table.Item(isHidden ? " " : "●", runs == 0 ? .dim : report.role(of: name))
    let items = Self.metrics.map { metric -> Table.Item in
      guard let found = report.summary.summary(metric, of: name) else {
        return Table.Item("-", .dim)
      }
      var text = metric.text(found.mean)
      if showsInterval(metric, width), let interval = found.interval {
        text += " [\(metric.text(interval.lowerBound)), \(metric.text(interval.upperBound))]"
      }
      return Table.Item(text, report.summary.best(metric) == name ? .best : .text)
    }
    let all = report.results.plan.runs.count { $0.recipe == name }
    let isBroken = report.results.broken.contains { $0.run.recipe == name }
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
  private func drawDetails(_ report: ReportContext, in rect: Rect, into grid: inout Grid) {
    guard let recipe = report.recipe, rect.size.rows >= 4 else { return }
    let settings = recipe.recipe
    let length = settings.steps.map { "\($0) steps" } ?? "\(settings.epochs) epochs"
    let lines: [(String, Role)] = [
      (String(repeating: "─", count: rect.size.columns), .border),
      (
        "\(recipe.name): \(settings.architecture), start \(settings.weights.text), "
          + "\(settings.size) px, \(length), gamma \(settings.loss.gamma), lambda \(settings.loss.lambda)",
        .title
      ),
      (standing(of: recipe.name, report), .text), (training(of: recipe.name, report), .dim),
    ]
    for (offset, line) in lines.enumerated() {
      grid.write(
        line.0.fitted(to: rect.size.columns), column: rect.origin.column,
        row: rect.origin.row + offset, style: report.window.theme.style(line.1))
    }
  }

  private func standing(of name: String, _ report: ReportContext) -> String {
    let broken = report.results.broken.filter { $0.run.recipe == name }
    let runs = report.results.runs(of: name).count
    guard let best = report.summary.best(.iou), runs > 0 else {
      return broken.first.map { "broke off: \($0.reason)" } ?? "no run of it is finished yet"
    }
    let missing = broken.isEmpty ? "" : "; \(broken.count) of its runs broke off and do not count"
    guard best != name else { return "the best mean IoU" + missing }
    let parts = [Metric.iou, .dice, .hausdorff].compactMap { metric -> String? in
      guard let found = report.summary.difference(metric, of: name, from: best) else { return nil }
      let ends = found.interval.map {
        " [\(metric.signedText($0.lowerBound)), \(metric.signedText($0.upperBound))]"
      }
      return "\(metric.title) \(metric.signedText(found.mean))\(ends ?? "")"
    }
    var text = "against \(best), the best\(missing):"
    for part in parts where text.columns + part.columns + 4 <= report.window.size.columns {
      text += "  " + part
    }
    return text
  }

  private func training(of name: String, _ report: ReportContext) -> String {
    let runs = report.results.runs(of: name)
    guard let first = runs.first else { return "" }
    let seconds = runs.flatMap(\.history).reduce(0) { $0 + $1.seconds }
    let best = first.history.filter { $0.validationLoss != nil }
      .min { ($0.validationLoss ?? 0) < ($1.validationLoss ?? 0) }
    let loss = best.map {
      "lowest validation loss \(NumberText.decimal($0.validationLoss, digits: 4)) in epoch \($0.epoch)  "
    }
    return (loss ?? "no validation  ") + (runs.count == 1 ? "" : "\(runs.count) runs ")
      + "trained \(DurationText.words(seconds))"
  }
}

/// The table, the chosen recipe's details below it, and the curves below them where there is room.
struct ScoresLayout {
  /// The table's lines: a recipe, by its place in the table's order, or one of its runs if it has
  /// several, by its place among them.
  let lines: [(recipe: Int, run: Int?)]
  let heading: Rect
  /// The table with its titles.
  let table: Rect
  let details: Rect
  let curves: Rect

  init(_ report: ReportContext) {
    lines = report.recipes.enumerated().flatMap { place, recipe in
      let runs = report.results.runs(of: recipe.name).count
      return [(place, nil)] + (runs > 1 ? (0..<runs).map { (place, $0) } : [])
    }
    let area = report.window.body.inset(columns: 1, rows: 0)
    let (upper, below) = area.splitTop(
      area.size.rows >= 36 ? min(lines.count + 6, area.size.rows / 2) : area.size.rows)
    curves = below
    let (bottom, rest) = upper.splitBottom(4)
    details = bottom
    (heading, table) = rest.splitTop(1)
  }

  func line(of recipe: Int) -> Int? { lines.firstIndex { $0.recipe == recipe && $0.run == nil } }
}
