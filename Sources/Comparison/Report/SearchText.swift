import Imaging
import Files

/// The report's section on a line search, and its table as CSV.
struct SearchText {
  let results: SearchResults
  /// Whether what was found has scores.
  var isScored = false

  /// The section of the report.
  var text: String {
    let tables = results.lines.map { "**\($0.parameter.rawValue)**\n\n\(Self.table($0))" }
    let waiting = results.search.lines.dropFirst(results.lines.count).map(\.parameter.rawValue)
    var parts = [heading] + tables
    if !waiting.isEmpty { parts.append("Still to come: \(waiting.joined(separator: ", ")).") }
    return parts.joined(separator: "\n\n")
  }

  /// `search.csv`: a line a value that was tried, IoU on validation images.
  var csv: String {
    CSV.text(
      results.lines.flatMap { line in line.points.map { (line: line, point: $0) } },
      columns: [
        .init("parameter", \.line.parameter.rawValue),
        .init("value") { LineSearch.text($0.point.value) },
        .init("validation_iou", \.point.iou), .init("images", \.point.images),
        .init("chosen") { $0.point.value == $0.line.chosen ? 1 : 0 },
      ])
  }

  private var heading: String {
    let values = SearchParameter.allCases.map {
      "\($0.rawValue) \(LineSearch.text(results.best[keyPath: $0.path]))"
    }
    let outcome =
      if !results.open.isEmpty {
        "It is not at its end."
      } else if let found = results.found {
        "Found: \(values.joined(separator: ", ")); `\(found.name)` has these values, "
          + (isScored
            ? "trained like the others and scored on the test images, above."
            : "and has no scores yet.")
      } else if results.lines.allSatisfy({ $0.points.allSatisfy { $0.iou == nil } }) {
        "No value could be measured: all trainings broke off."
      } else {
        "The recipe's own values are the best: \(values.joined(separator: ", "))."
      }
    return """
      ## Line search

      From `\(results.search.recipe)`, one weight of the loss after the other, the best value of each kept for \
      the next: mean IoU in percent on the validation images over all seeds, the best bold; - where a training \
      broke off or is open. No test image was looked at. \(outcome)\(caution)
      """
  }

  /// How little the choice stands on, where it does.
  private var caution: String {
    let scores = results.lines.flatMap(\.points).map(\.images).max() ?? 0
    let seeds = max(1, results.seedCount)
    let images = scores / seeds
    guard scores > 0, images < Self.fewImages else { return "" }
    return " Each mean is over \(images == 1 ? "1 image" : "\(images) images")"
      + "\(seeds > 1 ? " and \(seeds) seeds" : ""): with fewer than \(Self.fewImages) a value may "
      + "be the best by chance, so compare it over seeds or folds before relying on it."
  }

  /// Below so many validation images a choice is told to be uncertain.
  private static let fewImages = 10

  private static func table(_ line: SearchResults.Line) -> String {
    var table = MarkdownTable(titles: [""] + line.points.map { LineSearch.text($0.value) })
    table.rows.append(
      ["IoU"]
        + line.points.map { point in
          let text = point.iou.map(Metric.iou.text) ?? "-"
          return point.value == line.chosen ? "**\(text)**" : text
        })
    return table.text
  }
}
