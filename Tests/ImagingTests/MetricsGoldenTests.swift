import Foundation
@testable import Imaging
import Testing

/// What scikit-image, SciPy and OpenCV answered; made by Tests/Goldens/make_metrics.py.
struct MetricsGoldenTests {
  private struct Golden: Decodable {
    let scores: [Agreement]
    let means: [String: Double]
    let deviations: [String: Double]

    static func load() throws -> Golden {
      try JSONDecoder().decode(Golden.self, from: ImagingTests.Golden.data("metrics"))
    }
  }

  private struct Agreement: Decodable {
    let name: String
    let width: Int
    let height: Int
    let prediction: [Int]
    let truth: [Int]
    let iou: Double
    let dice: Double
    let precision: Double
    let recall: Double
    let boundaryIoU: Double
    let hausdorff: Double
    let hausdorff95: Double

    var scores: Scores {
      Scores(prediction: mask(prediction), truth: mask(truth), withBoundaries: true)
    }

    /// A mask from lengths of runs, the first of background.
    private func mask(_ runs: [Int]) -> Mask {
      var mask = Mask(width: width, height: height)
      var place = 0
      for (index, length) in runs.enumerated() {
        if index % 2 == 1 { mask.fill(place..<place + length, with: true) }
        place += length
      }
      return mask
    }
  }

  @Test func `scores of random and of degenerate masks are those of scikit-image and OpenCV`()
    throws
  {
    let goldens = try Golden.load().scores
    #expect(goldens.count > 50)
    for golden in goldens {
      let scores = golden.scores
      for (metric, ours, theirs) in [
        ("IoU", scores[.iou], golden.iou), ("Dice", scores[.dice], golden.dice),
        ("precision", scores[.precision], golden.precision),
        ("recall", scores[.recall], golden.recall),
        ("boundary IoU", scores[.boundaryIoU], golden.boundaryIoU),
        ("HD", scores[.hausdorff], golden.hausdorff),
        ("HD95", scores[.hausdorff95], golden.hausdorff95),
      ] {
        // Squared distances are whole numbers, the rest are ratios of them: a few roundings only.
        #expect(abs((ours ?? .nan) - theirs) <= 1e-12 * max(1, theirs), "\(golden.name), \(metric)")
      }
      #expect(scores.isOneEmpty == (golden.prediction.isEmpty != golden.truth.isEmpty))
    }
  }

  @Test func `mean and standard deviation are numpy's, of a sample`() throws {
    let golden = try Golden.load()
    let scores = golden.scores.map(\.scores)
    let (mean, deviation) = (Scores.mean(scores), Scores.standardDeviation(scores))
    for (key, ours, spread) in [
      ("iou", mean?[.iou], deviation?[.iou]),
      ("boundaryIoU", mean?[.boundaryIoU], deviation?[.boundaryIoU]),
      ("hausdorff", mean?[.hausdorff], deviation?[.hausdorff]),
    ] {
      let (expected, expectedSpread) = (golden.means[key] ?? .nan, golden.deviations[key] ?? .nan)
      #expect(abs((ours ?? .nan) - expected) <= 1e-12 * max(1, expected), "\(key)")
      #expect(abs((spread ?? .nan) - expectedSpread) <= 1e-12 * max(1, expectedSpread), "\(key)")
    }
    #expect(Scores.standardDeviation(Array(scores.prefix(1))) == nil)
  }

  @Test func `boundary IoU sees a border that IoU hardly does`() {
    var whole = Mask(width: 200, height: 200)
    for y in 20..<180 { whole.fill(y * 200 + 20..<y * 200 + 180, with: true) }
    var shrunk = Mask(width: 200, height: 200)
    for y in 24..<176 { shrunk.fill(y * 200 + 24..<y * 200 + 176, with: true) }
    let scores = Scores(prediction: shrunk, truth: whole, withBoundaries: true)
    #expect(scores.iou > 0.9)
    #expect((scores[.boundaryIoU] ?? 1) < 0.25)
  }
}
