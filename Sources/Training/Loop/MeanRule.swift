import Foundation

/// How the mean of a network's weights moves with the steps of a run.
enum MeanRule: Equatable, Sendable {
  /// All steps after so many count alike.
  case even(after: Int)
  /// The mean keeps this share of itself at a step, so that a step counts less the longer ago it is; until
  /// `1 / (1 - share)` steps are in, all count alike, so that the first is not the start of everything.
  case decaying(Double)
  /// The same from the starting weights on, beginning as a short memory that becomes a long one, so that a
  /// random start is soon forgotten.
  ///
  /// It moves after every fourth step, as far as it would have in four: a pass over all weights costs as
  /// much as a seventh of Adam's step.
  case ramped(Double)

  /// Steps between two moves of a ramped mean.
  static let interval = 4

  /// Whether the starting weights are a part of it.
  var countsStart: Bool {
    if case .ramped = self { true } else { false }
  }

  /// How far the mean moves after a step.
  ///
  /// - Parameters:
  ///   - step: Steps done.
  ///   - count: How many steps' weights are in the mean.
  /// - Returns: the share of the way to the weights, 1 for the first ones; nil where it does not move.
  /// - Precondition: a share that stays is at least 0 and under 1.
  func share(after step: Int, count: Int) -> Float? {
    let even = 1 / Float(count + 1)
    switch self {
    case .even(let before): return step > before ? even : nil
    case .decaying(let stays):
      precondition((0..<1).contains(stays), "a mean that keeps \(stays) of itself")
      return max(even, Float(1 - stays))
    case .ramped(let stays):
      guard step.isMultiple(of: Self.interval) else { return nil }
      let ramp = Double(1 + step) / Double(10 + step)
      return Float(1 - pow(min(stays, ramp), Double(Self.interval)))
    }
  }
}
