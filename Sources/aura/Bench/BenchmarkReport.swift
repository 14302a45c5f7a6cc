import Foundation

/// What a benchmark measured.
struct BenchmarkReport: Codable, Equatable {
  var network: String
  var size: Int
  var batch: Int
  var threads: Int
  var simd: String
  /// Seconds of each training step: forward, loss, backward, Adam.
  var trainingSteps: [Double]
  /// Seconds of each inference of one picture.
  var inferences: [Double]
  /// The most memory held while training.
  var peakTrainingBytes: Int
  /// Processes that wanted to run in the last minute: above the number of threads, times mean little.
  var loadAverage: Double

  /// A line a figure.
  var table: String {
    """
    network      \(network), \(size)x\(size), batch \(batch), \(threads) threads, \(simd)
    training     \(Self.spread(trainingSteps)) s a step
    inference    \(Self.spread(inferences)) s a picture
    memory       \(peakTrainingBytes >> 20) MiB at most while training
    load         \(loadAverage)

    """
  }

  /// Median, least and most of some seconds.
  static func spread(_ seconds: [Double]) -> String {
    let sorted = seconds.sorted()
    guard let least = sorted.first, let most = sorted.last else { return "none" }
    let text = [median(sorted), least, most].map {
      $0.formatted(.number.precision(.fractionLength(3)).locale(Locale(identifier: "en_US_POSIX")))
    }
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
