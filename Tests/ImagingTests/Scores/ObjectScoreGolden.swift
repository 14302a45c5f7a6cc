import Foundation
import TestSupport
import Testing

@testable import Imaging

/// What StarDist's, Cellpose's and Hoover's formulas say; made by Tests/Goldens/make_object_scores.py.
struct ObjectScoreGolden: Decodable {
  let thresholds: [Double]
  let levels: [Double]
  let cases: [Case]
  let dataset: Dataset
  let large: [Crowd]

  /// Two label images, as pairs of a number and how many pixels have it, and what is to be found.
  struct Case: Decodable {
    let name: String
    let width: Int
    let height: Int
    let prediction: [Int]
    let truth: [Int]
    let unknown: [Int]?
    let levels: [Level]
    let accuracies: [Double]
    let meanAccuracy: Double
    /// Nil where there is no cell.
    let jaccard: Double?
    let countError: Double
    let splits: Int
    let merges: Int
    /// Whether a cell consists of just two halves, so that either could be its partner.
    let hasChoice: Bool
    /// Predicted cell, true cell, IoU.
    let found: [[Double]]?
    let truthKinds: [String: String]?
    let predictionKinds: [String: String]?

    var overlap: CellOverlap {
      CellOverlap(
        prediction: image(prediction), truth: image(truth),
        unknown: unknown.map {
          Mask(width: width, height: height, pixels: image($0).labels.map { UInt8($0) })
        })
    }

    private func image(_ runs: [Int]) -> LabelImage {
      LabelImage(width: width, height: height, runs: runs)
    }
  }

  struct Level: Decodable {
    let tp: Int
    let fp: Int
    let fn: Int
    let precision: Double
    let recall: Double
    let accuracy: Double
    let f1: Double
    /// Nil where equally good assignments differ in it.
    let matched: Double?
    let pq: Double?

    /// Compares all that a level says; where there is no cell all of Aura's shares are 1, and StarDist's 0.
    func expect(_ counts: CellCounts, _ name: String) {
      #expect(counts.truePositives == tp, "\(name)")
      #expect(counts.falsePositives == fp, "\(name)")
      #expect(counts.falseNegatives == fn, "\(name)")
      let one = tp + fp + fn == 0 ? 1.0 : nil
      for (metric, ours, theirs) in [
        ("precision", counts.precision, precision), ("recall", counts.recall, recall),
        ("accuracy", counts.averagePrecision, accuracy), ("F1", counts.f1, f1),
        ("matched", counts.matchedIoU, matched ?? counts.matchedIoU),
        ("PQ", counts.panopticQuality, pq ?? counts.panopticQuality),
      ] {
        expectClose(ours, one ?? theirs, "\(name), \(metric)")
      }
    }
  }

  struct Dataset: Decodable {
    let images: Int
    let means: [String: Double]
    let meanAP: Double
    let deviationAP: Double
    let tp: Int
    let fp: Int
    let fn: Int
    let pooled: [String: Double]
  }

  /// Cells of a jittered grid that `crowd` in the script computes as ``HashedCrowd`` does.
  struct Crowd: Decodable {
    let name: String
    let prediction: [Int]
    let truth: [Int]
    let levels: [Level]
    let jaccard: Double
    let splits: Int
    let merges: Int
  }

  static func load() throws -> ObjectScoreGolden {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = tests.appending(path: "Goldens/object_scores.json")
    return try JSONDecoder().decode(ObjectScoreGolden.self, from: Data(contentsOf: file))
  }
}

/// Two numbers that differ by a few roundings only.
func expectClose(_ ours: Double, _ theirs: Double, _ name: String) {
  #expect(abs(ours - theirs) <= 1e-12 * max(abs(theirs), 1e-3), "\(name): \(ours), not \(theirs)")
}

/// Some 2,000 cells from an integer hash, the same as in `make_object_scores.py`.
enum HashedCrowd {
  private static let (side, step, reach) = (45, 10, 40)

  private static func word(_ seed: Int, _ index: Int) -> UInt64 {
    var z = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index)
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The nearest of the sites of a grid; each seed moves them by up to 4 pixels once more.
  static func image(_ seeds: [Int]) -> LabelImage {
    let sites = (0..<side * side).map { index -> (x: Int, y: Int) in
      var (x, y) = (index % side * step, index / side * step)
      for seed in seeds {
        let bits = word(seed, index)
        x += Int(bits % 5)
        y += Int(bits / 8 % 5)
      }
      return (x, y)
    }
    var image = LabelImage(width: side * step, height: side * step)
    for y in 0..<image.height {
      for x in 0..<image.width {
        var least = reach + 1
        for gy in y / step - 1...y / step + 1 where (0..<side).contains(gy) {
          for gx in x / step - 1...x / step + 1 where (0..<side).contains(gx) {
            let site = sites[gy * side + gx]
            let distance = (x - site.x) * (x - site.x) + (y - site.y) * (y - site.y)
            guard distance < least else { continue }
            least = distance
            image[x, y] = LabelImage.Label(gy * side + gx + 1)
          }
        }
      }
    }
    return image
  }
}
