import Comparison
import Project
import Recipes
import Screen

extension Model {
  /// Draws the losses of the recipes over each other, beside the list of their names.
  func drawCurves(_ layout: Layout, into grid: inout Grid) {
    guard let board = report else { return }
    let list = layout.list
    grid.write(
      "Space hides or shows", column: list.origin.column + 1, row: list.origin.row - 1,
      style: theme.style(.title, bold: true), columns: max(0, list.size.columns - 1))
    let rows = board.recipes.map { recipe -> [Table.Item] in
      let hasRuns = !board.results.runs(of: recipe.name).isEmpty
      let isHidden = board.hidden.contains(recipe.name)
      let role = hasRuns ? curveRole(of: recipe.name, board) : .dim
      return [
        Table.Item(isHidden || !hasRuns ? " " : "━", role),
        Table.Item(recipe.name.fitted(to: list.size.columns - 3), isHidden ? .dim : role),
      ]
    }
    grid.draw(
      Table(
        columns: [Table.Column(width: 1), Table.Column()], rows: rows, selected: board.selected,
        hasHeader: false), in: list, theme: theme)
    drawRule(after: list, layout, into: &grid)
    let area = Rect(
      column: layout.picture.origin.column, row: layout.body.origin.row,
      columns: layout.picture.size.columns, rows: layout.body.size.rows)
    drawCurveChart(board, in: area.inset(columns: 1, rows: 0), into: &grid)
  }

  /// The chart with a line over it that says what it shows.
  func drawCurveChart(_ board: ReportBoard, in rect: Rect, into grid: inout Grid) {
    let (heading, plot) = rect.splitTop(1)
    let what = board.showsValidation ? "validation loss" : "training loss"
    var text = what + (board.isLogarithmic ? ", logarithmic" : "")
    if board.smoothing > 0 { text += ", smooth \(board.smoothing)" }
    if let name = board.recipe?.name { text += "; \(name) on top" }
    grid.write(
      text.fitted(to: heading.size.columns), column: heading.origin.column,
      row: heading.origin.row, style: theme.style(.title, bold: true))
    let series = curveSeries(board)
    guard series.contains(where: { !$0.values.isEmpty }) else {
      let reason =
        board.shown.isEmpty ? "no curve to show; Space shows a recipe" : "no \(what) was measured"
      grid.draw(TextBlock(reason, role: .dim), in: plot.inset(columns: 2, rows: 1), theme: theme)
      return
    }
    grid.draw(
      Chart(
        series: series, isLogarithmic: board.isLogarithmic, axisLabel: "epoch", firstPlace: 0),
      in: plot, theme: theme)
  }

  /// A curve a run, those of the chosen recipe on top and brightest.
  private func curveSeries(_ board: ReportBoard) -> [Chart.Series] {
    let chosen = board.recipe?.name
    let ordered =
      board.shown.filter { $0.name != chosen } + board.shown.filter { $0.name == chosen }
    let weight = RunBoard.weights[board.smoothing]
    return ordered.flatMap { recipe in
      board.results.runs(of: recipe.name).map { run in
        let points = run.history.compactMap { record in
          (board.showsValidation ? record.validationLoss : record.trainLoss).map {
            (Double(record.epoch), $0)
          }
        }
        let values = points.map(\.1)
        return Chart.Series(
          "", recipe.name == chosen ? .title : curveRole(of: recipe.name, board),
          weight > 0 ? Smoothing.exponential(values, weight: weight) : values,
          at: points.map(\.0))
      }
    }
  }

  /// The colour of a recipe, the same on every screen; after the eighth they begin again.
  func curveRole(of name: String, _ board: ReportBoard) -> Role {
    let place = board.results.plan.recipes.firstIndex { $0.name == name } ?? 0
    return Role.series[place % Role.series.count]
  }
}
