@testable import Imaging

/// The metrics that cells are compared by.
let cellMetrics = Metric.allCases.filter(\.isOfCells)

extension ObjectScores {
  /// The value of a metric of cells.
  subscript(metric: Metric) -> Double { metric.facts.ofCells?(self) ?? .nan }
}

/// Scores of cells over several images: means as `Scores` has them, and all cells together.
struct CellScoreSummary {
  private(set) var images = 0
  private var scores: [ObjectScores] = []

  mutating func add(_ image: ObjectScores) {
    images += 1
    if !image.isEmpty { scores.append(image) }
  }

  private var all: [Scores] {
    scores.map { scores in
      var all = Scores()
      all.add(scores)
      return all
    }
  }

  func mean(_ metric: Metric) -> Double? { Scores.mean(all)?[metric] }
  func standardDeviation(_ metric: Metric) -> Double? { Scores.standardDeviation(all)?[metric] }
  var pooled: ObjectScores? { ObjectScores.pooled(scores) }
}
