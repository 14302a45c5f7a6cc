import Comparison
import Project
import Recipes
import Screen

/// The losses of a comparison's recipes over each other, beside the list of their names.
struct CurvesScreen: ScreenPart {
  typealias Command = RecipeCommand

  private var listView = ListView()

  static let table: [Binding<Self>] = RecipeCommand.bindings(besideCurves: true) { $0 }

  mutating func perform(_ command: Command, _ report: inout ReportContext) -> [Effect] {
    report.perform(command, page: layout(report).list.size.rows)
    return []
  }

  /// A click chooses a recipe, at its mark it hides or shows it, a second shows its predictions.
  mutating func take(_ mouse: Mouse, _ report: inout ReportContext) -> [Effect] {
    let list = layout(report).list
    guard list.contains(mouse.point),
      let click = listView.take(
        mouse, table(report, in: list), in: list, isDoubleClick: report.window.isDoubleClick)
    else { return [] }
    report.select(click.row)
    if mouse.point.column == list.origin.column {
      report.hideOrShow()
    } else if click.opens {
      report.show(.panes)
    }
    return []
  }

  mutating func follow(_ report: inout ReportContext) -> [Effect] {
    listView.scroll.follow(
      report.selected, of: report.order.count, visible: layout(report).list.size.rows)
    return []
  }

  func draw(_ report: ReportContext, into grid: inout Grid) {
    let layout = layout(report)
    report.window.drawList(
      table(report, in: layout.list), " Space hides or shows", in: layout, into: &grid)
    LossChart(report: report).draw(in: layout.main.inset(columns: 1, rows: 0), into: &grid)
  }

  private func layout(_ report: ReportContext) -> ListLayout {
    ListLayout(report.window.body, listColumns: report.window.size.columns < 100 ? 28 : 40)
  }

  private func table(_ report: ReportContext, in list: Rect) -> Table {
    Table(
      columns: [Table.Column(width: 1), Table.Column()], count: report.order.count,
      selected: report.selected, hasHeader: false, first: listView.scroll.first
    ) { place in
      let name = report.recipes[place].name
      let hasRuns = !report.results.runs(of: name).isEmpty
      let isHidden = report.hidden.contains(name)
      let role = hasRuns ? report.role(of: name) : .dim
      return [
        Table.Item(isHidden || !hasRuns ? " " : "━", role),
        Table.Item(name.fitted(to: list.size.columns - 3), isHidden ? .dim : role),
      ]
    }
  }
}

/// The losses of a report's recipes over the epochs.
struct LossChart {
  let report: ReportContext

  /// Draws the chart with a line over it that says what it shows.
  func draw(in rect: Rect, into grid: inout Grid) {
    let (heading, plot) = rect.splitTop(1)
    let what = report.showsValidation ? "validation loss" : "training loss"
    var text = what + (report.curve.isLogarithmic ? ", logarithmic" : "")
    if report.curve.smoothing > 0 { text += ", smooth \(report.curve.smoothing)" }
    if let name = report.recipe?.name { text += "; \(name) on top" }
    report.window.drawTitle(text, in: heading, into: &grid)
    let series = series
    guard series.contains(where: { !$0.values.isEmpty }) else {
      let reason =
        report.shown.isEmpty ? "no curve to show; Space shows a recipe" : "no \(what) was measured"
      report.window.drawEmpty(reason, in: plot.inset(columns: 2, rows: 1), into: &grid)
      return
    }
    grid.draw(
      Chart(
        series: series, isLogarithmic: report.curve.isLogarithmic, firstPlace: 0), in: plot,
      theme: report.window.theme)
  }

  /// A curve a run, those of the chosen recipe on top and brightest.
  private var series: [Chart.Series] {
    let chosen = report.recipe?.name
    let ordered =
      report.shown.filter { $0.name != chosen } + report.shown.filter { $0.name == chosen }
    return ordered.flatMap { recipe in
      report.results.runs(of: recipe.name).map { run in
        let points = run.history.compactMap { record in
          (report.showsValidation ? record.validationLoss : record.trainLoss).map {
            (Double(record.epoch), $0)
          }
        }
        return Chart.Series(
          "", recipe.name == chosen ? .title : report.role(of: recipe.name),
          report.curve.smoothed(points.map(\.1)), at: points.map(\.0))
      }
    }
  }
}
