/// Estimated qualities brought in line with a folder's own truth, where there is some.
///
/// Weights that learnt from a folder, or a folder whose boundaries are drawn otherwise, are estimated too low or too
/// high all alike; the order of the images hardly changes. So one number is learnt: how far the estimates are off on
/// average, in logits, and the fewer images say so the less of it counts.
struct QualityCalibration: Equatable, Sendable {
  /// So many images are needed for half of what they say to count.
  static let doubt = 4.0

  /// What is added to the logits of estimates.
  let shift: Double

  /// Learns from images that the network has not learnt from: what was estimated of each, and the true IoU.
  ///
  /// Estimates of 0 say that nothing was found, and are left out; without any other, estimates stay as they are.
  ///
  /// - Precondition: there are as many of both.
  init(estimates: [Double], truths: [Double]) {
    precondition(
      estimates.count == truths.count, "\(estimates.count) estimates, \(truths.count) truths")
    let gaps = zip(estimates, truths).filter { $0.0 > 0 && $0.1.isFinite }.map {
      Logit.value(of: $1) - Logit.value(of: $0)
    }
    shift = gaps.reduce(0, +) / (Double(gaps.count) + Self.doubt)
  }

  /// The estimate that counts in place of one; 0 stays 0.
  func calibrated(_ estimate: Double) -> Double {
    guard estimate > 0, shift != 0 else { return estimate }
    return Logit.probability(of: Logit.value(of: estimate) + shift)
  }
}
