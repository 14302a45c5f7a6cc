import Basics
import Foundation

/// What a benchmark measured.
public struct BenchmarkReport: Codable, Equatable {
  var network: String
  var size: Int
  var batch: Int
  var inferenceBatch: Int
  var threads: Int
  var simd: String
  /// The library of the products that no own kernel computes, and its kernel.
  var blas: String
  /// Seconds of each training step: forward, loss, backward, Adam.
  var trainingSteps: [Double]
  /// The median of them.
  var trainingMedian: Double
  /// Seconds of each inference of `inferenceBatch` pictures.
  var inferences: [Double]
  /// The median of them.
  var inferenceMedian: Double
  /// The most memory held while training.
  var peakTrainingBytes: Int
  /// Processes that wanted to run in the last minute: above the number of threads, times mean little.
  var loadAverage: Double
  /// What the layers take of a training step; none where the engine does not tell.
  var layers: LayerTable?

  /// A line a layer, then a line a figure.
  public var table: String {
    (layers.map { $0.text + "\n" } ?? "") + """
      network      \(network), \(size)x\(size), batch \(batch), \(threads) threads, \(simd)
      BLAS         \(blas)
      training     \(Self.spread(trainingSteps)) s a step
      inference    \(Self.spread(inferences)) s \(pictures)
      memory       \(peakTrainingBytes >> 20) MiB at most while training
      load         \(loadAverage)

      """
  }

  private var pictures: String {
    inferenceBatch == 1 ? "a picture" : "for \(inferenceBatch) pictures"
  }

  /// Median, least and most of some seconds.
  static func spread(_ seconds: [Double]) -> String {
    let sorted = seconds.sorted()
    guard let least = sorted.first, let most = sorted.last else { return "none" }
    let text = [median(sorted), least, most].map { NumberText.decimal($0, digits: 3) }
    return "\(text[0]) (\(text[1]) to \(text[2]))"
  }

  /// The middle value, or the mean of the two in the middle.
  static func median(_ seconds: [Double]) -> Double {
    let sorted = seconds.sorted()
    guard !sorted.isEmpty else { return 0 }
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
  }
}
