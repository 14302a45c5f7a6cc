import Basics
import Files
import Foundation
import Imaging
import Project

/// The report of a comparison: tables, text and pictures, made from its folder alone.
public struct ComparisonReport: Sendable {
  private let folder: ComparisonFolder
  /// What is reported on.
  public let results: ComparisonResults
  /// What it amounts to.
  public let summary: ComparisonSummary

  /// Reads what a folder holds so far.
  ///
  /// - Throws: `ComparisonError` where there is no comparison, or one of its tables is damaged.
  public init(_ folder: ComparisonFolder) throws(ComparisonError) {
    self.folder = folder
    results = try ComparisonResults(folder)
    summary = ComparisonSummary(results)
  }

  /// The report in Markdown.
  public var text: String { ReportText(results: results, summary: summary).text }

  /// What each recipe came to, a line each for a terminal, beside the paper's figures where it has some:
  /// means in percent, HD in pixels.
  ///
  /// Each has its newline; there are none before a run is finished.
  public var lines: String {
    guard !summary.recipes.isEmpty else { return "" }
    let paper = results.plan.paperTable.flatMap { PaperTable($0) }
    let titles =
      ["recipe", "IoU [95 %]", "Dice", "HD"] + (paper == nil ? [] : ["paper: IoU", "Dice"])
    let scored = summary.recipes.map { recipe in
      let theirs = paper.map { paper in
        let row = paper.row(of: recipe.recipe)
        return [Metric.iou, .dice].map { metric in row?[metric].map(metric.text) ?? "-" }
      }
      return ours(recipe) + (theirs ?? [])
    }
    let unscored = results.unscored.map {
      [$0.name, $0.state] + titles.dropFirst(2).map { _ in "-" }
    }
    return TextColumns.text([titles] + scored + unscored, left: 1)
  }

  /// The predicted masks that are not there any more or cannot be read, a line each.
  ///
  /// All that scores were taken of are read for it.
  public var brokenPredictions: [String] {
    results.runs.flatMap { result in
      result.scores.compactMap { score in
        do {
          _ = try folder.prediction(of: score.image, by: result.run)
          return nil
        } catch {
          return
            "run '\(result.run.name)': the prediction of '\(score.image)' is left out: \(error)"
        }
      }
    }
  }

  /// Writes `scores.csv`, `summary.csv`, `figures/` and `report.md`, each in place of the one before.
  ///
  /// - Throws: `ComparisonError.file` for what cannot be written; the older file is then as it was.
  public func write() throws(ComparisonError) {
    try folder.write(results.csv, to: folder.scoresFile)
    try folder.write(summary.csv, to: folder.summaryFile)
    if let search = results.search {
      try folder.write(SearchText(results: search).csv, to: folder.searchFile)
    }
    for (name, data) in ReportFigures(folder: folder, results: results, summary: summary).all {
      let file = folder.figuresFolder.appending(path: name)
      try ComparisonError.filing(AtomicWrite.write(data, to: file, isDurable: false))
    }
    try folder.write(text, to: folder.reportFile)
  }

  private func ours(_ recipe: NamedRecipe) -> [String] {
    func mean(_ metric: Metric) -> String {
      summary.summary(metric, of: recipe.name).map { metric.text($0.mean) } ?? "-"
    }
    let interval = summary.summary(.iou, of: recipe.name)?.ends(.iou) ?? ""
    return [recipe.name, mean(.iou) + interval, mean(.dice), mean(.hausdorff)]
  }
}
