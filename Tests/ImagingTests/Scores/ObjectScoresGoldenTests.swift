import Testing

@testable import Imaging

@Suite("Scores of cells against published formulas")
struct ObjectScoresGoldenTests {
  @Test("Matches, precision, recall, F1, AP and PQ are StarDist's at every threshold")
  func matching() throws {
    let golden = try ObjectScoreGolden.load()
    #expect(golden.cases.count > 60)
    for entry in golden.cases {
      let overlap = entry.overlap
      for (threshold, level) in zip(golden.levels, entry.levels) {
        level.expect(
          CellCounts(overlap, threshold: threshold), "\(entry.name) at \(threshold)")
      }
    }
  }

  @Test("AP at each of ten thresholds and its mean are StarDist's and Cellpose's")
  func averagePrecision() throws {
    let golden = try ObjectScoreGolden.load()
    #expect(ObjectScores.thresholds == golden.thresholds)
    for entry in golden.cases {
      let scores = ObjectScores(entry.overlap)
      let one = entry.jaccard == nil ? 1.0 : nil
      for (counts, theirs) in zip(scores.countsByThreshold, entry.accuracies) {
        expectClose(counts.averagePrecision, one ?? theirs, entry.name)
      }
      expectClose(scores.meanAveragePrecision, one ?? entry.meanAccuracy, entry.name)
    }
  }

  @Test("The aggregated Jaccard index is Cellpose's; the error of the count is exact")
  func aggregatedJaccard() throws {
    for entry in try ObjectScoreGolden.load().cases {
      let scores = ObjectScores(entry.overlap)
      #expect(scores.isEmpty == (entry.jaccard == nil))
      expectClose(scores.aggregatedJaccard, entry.jaccard ?? 1, entry.name)
      expectClose(scores.countError, entry.countError, entry.name)
    }
  }

  @Test("Splits, merges and what became of each cell are as Hoover defines them")
  func outcomes() throws {
    let golden = try ObjectScoreGolden.load()
    #expect(golden.cases.count(where: \.hasChoice) < 8)
    for entry in golden.cases {
      let scores = ObjectScores(entry.overlap)
      #expect([scores.splits, scores.merges] == [entry.splits, entry.merges], "\(entry.name)")
      guard let found = entry.found else { continue }
      let outcomes = CellOutcomes(entry.overlap)
      let texts = [outcomes.kinds(of: .truth), outcomes.kinds(of: .prediction)].map {
        Dictionary(uniqueKeysWithValues: $0.map { ("\($0.key)", $0.value.rawValue) })
      }
      #expect(texts == [entry.truthKinds, entry.predictionKinds], "\(entry.name)")
      let partners = Dictionary(uniqueKeysWithValues: found.map { ($0[0], $0) })
      #expect(outcomes.prediction.count { $0.partner != nil } == found.count)
      #expect(outcomes.truth.count { $0.partner != nil } == found.count)
      for outcome in outcomes.prediction {
        guard let partner = outcome.partner else { continue }
        let theirs = partners[Double(outcome.label)] ?? [0, 0, 0]
        #expect(Double(partner.label) == theirs[1], "\(entry.name)")
        expectClose(partner.iou, theirs[2], entry.name)
      }
    }
  }

  @Test("Means over images and scores of all cells together are StarDist's")
  func dataset() throws {
    let golden = try ObjectScoreGolden.load()
    var summary = CellScoreSummary()
    for entry in golden.cases { summary.add(ObjectScores(entry.overlap)) }
    #expect(summary.images == golden.cases.count)
    let (dataset, pooled) = (golden.dataset, try #require(summary.pooled))
    #expect(
      [pooled.counts.truePositives, pooled.counts.falsePositives, pooled.counts.falseNegatives]
        == [dataset.tp, dataset.fp, dataset.fn])
    for (metric, key) in [
      (Metric.cellF1, "f1"), (.cellPrecision, "precision"), (.cellRecall, "recall"),
      (.averagePrecision50, "accuracy"), (.matchedIoU, "matched"), (.panopticQuality, "pq"),
    ] {
      expectClose(try #require(summary.mean(metric)), dataset.means[key] ?? .nan, key)
      expectClose(pooled[metric], dataset.pooled[key] ?? .nan, key)
    }
    let (mean, deviation) = (
      summary.mean(.averagePrecision), summary.standardDeviation(.averagePrecision)
    )
    expectClose(try #require(mean), dataset.meanAP, "AP")
    expectClose(try #require(deviation), dataset.deviationAP, "deviation of AP")
  }

  @Test("Two thousand cells that all hang together are matched as by SciPy over the whole table")
  func crowds() throws {
    let golden = try ObjectScoreGolden.load()
    #expect(golden.large.count == 2)
    for crowd in golden.large {
      let overlap = CellOverlap(
        prediction: HashedCrowd.image(crowd.prediction), truth: HashedCrowd.image(crowd.truth))
      #expect(overlap.truth.count > 2000)
      for (threshold, level) in zip(golden.levels, crowd.levels) {
        level.expect(
          CellCounts(overlap, threshold: threshold), "\(crowd.name) at \(threshold)")
      }
      let scores = ObjectScores(overlap)
      expectClose(scores.aggregatedJaccard, crowd.jaccard, crowd.name)
      #expect([scores.splits, scores.merges] == [crowd.splits, crowd.merges])
    }
  }
}
