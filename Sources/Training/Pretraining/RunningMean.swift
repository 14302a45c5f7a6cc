import Foundation

/// How far the running mean of the weights moves (an exponential moving average).
///
/// It begins as a short memory and becomes a long one, so that the random start is soon forgotten. It
/// moves after every fourth step, as far as it would have in four: a pass over all weights costs as much
/// as a seventh of Adam's step.
enum RunningMean {
  /// Steps between two moves.
  static let interval = 4

  /// How far it moves after a step.
  ///
  /// - Parameters:
  ///   - step: Steps done.
  ///   - decay: What stays of the mean at a step, in the long run.
  /// - Returns: the share of the way to the weights; nil where it does not move.
  static func share(after step: Int, decay: Double) -> Float? {
    guard step.isMultiple(of: interval) else { return nil }
    let ramp = Double(1 + step) / Double(10 + step)
    return Float(1 - pow(min(decay, ramp), Double(interval)))
  }
}
