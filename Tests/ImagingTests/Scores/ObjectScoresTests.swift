import TestSupport
import Testing

@testable import Imaging

/// A label image from rows of digits and letters, `.` for ground.
func labels(_ rows: String...) -> LabelImage {
  LabelImage(
    width: rows[0].count, height: rows.count,
    labels: rows.joined().map { LabelImage.Label($0.hexDigitValue ?? 0) })
}

/// Rectangles of random numbers over each other.
func randomLabels(
  width: Int, height: Int, cells: Int, using generator: inout SplitMix
) -> LabelImage {
  var image = LabelImage(width: width, height: height)
  for label in 0..<cells {
    let (x, y) = (
      Int.random(in: 0..<width, using: &generator), Int.random(in: 0..<height, using: &generator)
    )
    let right = min(width, x + Int.random(in: 1...8, using: &generator))
    for row in y..<min(height, y + Int.random(in: 1...8, using: &generator)) {
      image.fill(row * width + x..<row * width + right, with: LabelImage.Label(label + 1))
    }
  }
  return image
}

@Suite("Scores of cells")
struct ObjectScoresTests {
  private func renumbered(_ image: LabelImage, using generator: inout SplitMix) -> LabelImage {
    var numbers: [LabelImage.Label: LabelImage.Label] = [0: 0]
    var free = Set(LabelImage.Label(1)...LabelImage.Label.max)
    for label in image.cells {
      var number = LabelImage.Label.random(in: 1...LabelImage.Label.max, using: &generator)
      while free.remove(number) == nil { number = number == .max ? 1 : number + 1 }
      numbers[label] = number
    }
    return LabelImage(
      width: image.width, height: image.height, labels: image.labels.map { numbers[$0] ?? 0 })
  }

  @Test("Other numbers for the same cells change nothing", arguments: 0..<20)
  func numbers(seed: Int) {
    var generator = SplitMix(seed: seed)
    let truth = randomLabels(width: 30, height: 24, cells: 25, using: &generator)
    let prediction = randomLabels(width: 30, height: 24, cells: 25, using: &generator)
    let scores = ObjectScores(prediction: prediction, truth: truth)
    let others = ObjectScores(
      prediction: renumbered(prediction, using: &generator),
      truth: renumbered(truth, using: &generator))
    #expect(scores == others)
    #expect(scores.counts.actual == truth.cells.count)
    #expect(scores.counts.predicted == prediction.cells.count)
  }

  @Test("Cells agree with themselves, wherever parts are unknown", arguments: 0..<20)
  func itself(seed: Int) {
    var generator = SplitMix(seed: seed)
    let truth = randomLabels(width: 30, height: 24, cells: 20, using: &generator)
    let unknown = randomLabels(width: 30, height: 24, cells: seed, using: &generator).mask
    let scores = ObjectScores(prediction: truth, truth: truth, unknown: unknown)
    for metric in cellMetrics {
      #expect(scores[metric] == (metric.unit == .share ? 1 : 0), "\(metric)")
    }
  }

  @Test("With the pictures exchanged precision is recall and splits are merges", arguments: 0..<40)
  func exchanged(seed: Int) {
    var generator = SplitMix(seed: seed)
    let a = randomLabels(width: 26, height: 22, cells: 22, using: &generator)
    let b = randomLabels(width: 26, height: 22, cells: 18, using: &generator)
    let unknown = randomLabels(width: 26, height: 22, cells: seed % 3, using: &generator).mask
    let there = CellOverlap(prediction: a, truth: b, unknown: unknown)
    let back = CellOverlap(prediction: b, truth: a, unknown: unknown)
    let (one, other) = (ObjectScores(there), ObjectScores(back))
    for (metric, mirror) in [
      (Metric.cellPrecision, Metric.cellRecall), (.cellRecall, .cellPrecision), (.splits, .merges),
      (.merges, .splits), (.cellF1, .cellF1), (.averagePrecision, .averagePrecision),
      (.aggregatedJaccard, .aggregatedJaccard), (.panopticQuality, .panopticQuality),
    ] {
      expectClose(one[metric], other[mirror], "\(metric)")
    }
    for threshold in [0.05, 0.2, 0.3] {
      let counts = CellCounts(there, threshold: threshold)
      #expect(counts.truePositives == CellCounts(back, threshold: threshold).truePositives)
      #expect(counts.truePositives >= CellCounts(there, threshold: threshold + 0.1).truePositives)
    }
  }

  @Test("Nothing that is found to be nothing is whole, and no mean's part")
  func nothing() throws {
    let empty = LabelImage(width: 5, height: 4)
    let scores = ObjectScores(prediction: empty, truth: empty)
    #expect(scores.isEmpty)
    for metric in cellMetrics {
      #expect(scores[metric] == (metric.unit == .share ? 1 : 0), "\(metric)")
    }
    var summary = CellScoreSummary()
    summary.add(scores)
    #expect(summary.images == 1)
    #expect(summary.pooled == nil)
    #expect(summary.mean(.cellF1) == nil)
    summary.add(ObjectScores(prediction: labels("11.."), truth: labels("1.22")))
    #expect(summary.images == 2)
    #expect(summary.mean(.cellRecall) == 0.5)
    #expect(summary.standardDeviation(.cellRecall) == nil)
    #expect(
      ObjectScores(
        prediction: LabelImage(width: 0, height: 0), truth: LabelImage(width: 0, height: 0)
      ).isEmpty)
  }

  @Test("Where only one picture has cells every share is 0")
  func oneEmpty() {
    let (empty, cells) = (labels("....", "...."), labels("11.2", "...2"))
    for scores in [
      ObjectScores(prediction: cells, truth: empty), ObjectScores(prediction: empty, truth: cells),
    ] {
      #expect(!scores.isEmpty)
      for metric in cellMetrics where metric.unit == .share {
        #expect(scores[metric] == 0, "\(metric)")
      }
    }
    #expect(ObjectScores(prediction: cells, truth: empty).countError == 2)
    #expect(ObjectScores(prediction: empty, truth: cells).countError == 1)
  }

  @Test("A cell in pieces that lie apart is one cell, whatever its number")
  func pieces() {
    let truth = labels("1.1.2", "1.1.2")
    var prediction = LabelImage(width: 5, height: 2)
    for (index, label) in truth.labels.enumerated() where label != 0 {
      prediction.fill(index..<index + 1, with: label == 1 ? .max : 1)
    }
    let overlap = CellOverlap(prediction: prediction, truth: truth)
    #expect(overlap.prediction.map(\.label) == [.max, 1])
    #expect(overlap.prediction.map(\.area) == [4, 2])
    #expect(overlap.prediction[0].box == PixelBox(columns: 0..<3, rows: 0..<2))
    #expect(ObjectScores(overlap)[.averagePrecision] == 1)
  }

  @Test("A cell of which just half is unknown counts with its other half, with more it is left out")
  func unknown() {
    let (prediction, truth) = (labels("1111.222"), labels("11111222"))
    let half = CellOverlap(
      prediction: prediction, truth: truth,
      unknown: Mask(width: 8, height: 1, pixels: [1, 1, 0, 0, 0, 1, 1, 0]))
    #expect(half.prediction.map(\.label) == [1])
    #expect(half.prediction.map(\.area) == [2])
    #expect(half.truth.map(\.area) == [3])
    expectClose(ObjectScores(half).counts.matchedIoU, 2 / 3, "IoU")
  }

  @Test("Pooled scores weigh cells, means weigh images")
  func pooled() throws {
    var summary = CellScoreSummary()
    summary.add(ObjectScores(prediction: labels("1.2.3.4"), truth: labels("1.2.3.4")))
    summary.add(ObjectScores(prediction: labels("......."), truth: labels("1...5..")))
    #expect(summary.mean(.cellRecall) == 0.5)
    #expect(summary.mean(.countError) == 0.5)
    let pooled = try #require(summary.pooled)
    expectClose(pooled[.cellRecall], 4 / 6, "recall")
    expectClose(pooled[.aggregatedJaccard], 4 / 6, "AJI")
    expectClose(pooled[.countError], 2 / 6, "count error")
  }

  @Test("Each metric has a heading of its own, and reports show shares in percent")
  func texts() {
    #expect(Set(Metric.allCases.map(\.heading)).count == Metric.allCases.count)
    #expect(cellMetrics.count == 11)
    #expect(cellMetrics.allSatisfy { $0.title.count <= 6 })
    #expect(Metric.cellF1.text(0.7512) == "75.1")
    #expect(Metric.countError.text(1.5) == "150.0")
    #expect(Metric.splits.text(2.25) == "2.2")
    #expect(Metric.cellF1.isBetter(0.6, than: 0.5))
    #expect(Metric.splits.isBetter(0, than: 1))
    #expect(!Metric.countError.isBetter(1, than: 0.5))
  }
}
