import Imaging
import Basics
import Project
import Recipes

/// The report's table of runs.
struct RunText {
  let results: ComparisonResults

  /// The section of the report.
  var text: String {
    var table = MarkdownTable(titles: [
      "Run", "Network", "Start", "Epochs", "Kept", "Train loss", "Validation loss", "Time",
      "IoU",
    ])
    for result in results.runs {
      let iou = Statistics.mean(result.scores.map(\.iou))
      table.rows.append([
        result.run.name, result.recipe.architecture.rawValue, result.recipe.weights.text,
        "\(result.history.count)", Self.kept(result),
        NumberText.decimal(result.history.last?.trainLoss, digits: 4),
        NumberText.decimal(result.history.compactMap(\.validationLoss).min(), digits: 4),
        DurationText.units(result.history.reduce(0) { $0 + $1.seconds }),
        iou.map(Metric.iou.text) ?? "-",
      ])
    }
    for broken in results.broken {
      let recipe = results.plan.recipe(of: broken.run)
      table.rows.append([
        broken.run.name, recipe?.architecture.rawValue ?? "-", recipe?.weights.text ?? "-", "-",
        "broke off: \(broken.reason)", "-", "-", "-", "-",
      ])
    }
    return """
      ## Runs

      The last training loss, the lowest validation loss, and the time of the epochs.

      \(table.text)
      """
  }

  /// Which epoch's weights were kept.
  private static func kept(_ result: RunResult) -> String {
    let validated = result.history.filter { $0.validationLoss != nil }
    switch result.recipe.keep {
    case .best:
      let best = validated.min { ($0.validationLoss ?? 0) < ($1.validationLoss ?? 0) }
      return best.map { "epoch \($0.epoch)" } ?? "average"
    case .last: return "last"
    case .average: return "average"
    }
  }
}
