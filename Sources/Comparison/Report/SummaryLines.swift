import Basics
import Imaging
import Project

/// What each recipe came to as lines for a terminal, beside the paper's figures where it has some.
struct SummaryLines {
  let summary: ComparisonSummary
  /// The recipes without a finished run, and what became of them.
  let unscored: [(name: String, state: String)]
  /// The paper's table, if the comparison is one of it.
  let paper: PaperTable?

  /// The lines, each with its newline; none before a run is finished.
  var text: String {
    guard !summary.recipes.isEmpty else { return "" }
    let titles =
      ["recipe", "IoU [95 %]", "Dice", "HD"] + (paper == nil ? [] : ["paper: IoU", "Dice"])
    let rows =
      [titles] + summary.recipes.map(cells)
      + unscored.map { [$0.name, $0.state] + titles.dropFirst(2).map { _ in "-" } }
    return TextColumns.text(rows, left: 1)
  }

  private func cells(_ recipe: NamedRecipe) -> [String] {
    func mean(_ metric: Metric) -> String {
      summary.summary(metric, of: recipe.name).map { metric.text($0.mean) } ?? "-"
    }
    let interval = summary.summary(.iou, of: recipe.name)?.interval.map {
      " [\(Metric.iou.text($0.lowerBound)), \(Metric.iou.text($0.upperBound))]"
    }
    let ours = [recipe.name, mean(.iou) + (interval ?? ""), mean(.dice), mean(.hausdorff)]
    guard let paper else { return ours }
    let row = paper.row(of: recipe.recipe)
    return ours + [Metric.iou, .dice].map { metric in row?[metric].map(metric.text) ?? "-" }
  }
}
