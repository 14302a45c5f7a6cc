import Files
public import Foundation
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
  public var text: String {
    ReportText(results: results, summary: summary, figures: ReportFigures.Names(summary)).text
  }

  /// What each recipe came to, a line each for a terminal, beside the paper's figures where it has some:
  /// means in percent, HD in pixels.
  public var lines: String {
    SummaryLines(
      summary: summary, unscored: results.unscored,
      paper: results.plan.paperTable.flatMap { PaperTable($0) }
    ).text
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
  /// - Returns: the files, the report last.
  /// - Throws: `ComparisonError.file` for what cannot be written; the older file is then as it was.
  @discardableResult
  public func write() throws(ComparisonError) -> [URL] {
    var files = [folder.scoresFile, folder.summaryFile]
    try write(results.csv, to: folder.scoresFile)
    try write(summary.csv, to: folder.summaryFile)
    if let search = results.search {
      try write(SearchText(search).csv, to: folder.searchFile)
      files.append(folder.searchFile)
    }
    let figures = ReportFigures(folder: folder, results: results, summary: summary)
    for (name, data) in figures.all {
      let file = folder.figuresFolder.appending(path: name)
      try ComparisonError.filing(AtomicWrite.write(data, to: file, isDurable: false))
      files.append(file)
    }
    try write(text, to: folder.reportFile)
    return files + [folder.reportFile]
  }

  private func write(_ text: String, to file: URL) throws(ComparisonError) {
    try ComparisonError.filing(AtomicWrite.write(text, to: file))
  }
}
