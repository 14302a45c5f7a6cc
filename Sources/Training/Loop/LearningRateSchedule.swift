import Foundation
import Project
import Recipes

/// The learning rate of every step of a run: an even rise, then constant or half a cosine down to 0.
///
/// Loshchilov & Hutter 2017, eq. 5, without restarts.
struct LearningRateSchedule: Equatable, Sendable {
  /// The full learning rate.
  let peak: Double
  /// Steps of the rise, of which the last reaches the peak.
  let warmup: Int
  /// Steps of the whole run, the rise included.
  let steps: Int
  /// What follows the rise.
  let shape: Optimisation.Schedule

  /// The rate of a step, the first being 0.
  func rate(at step: Int) -> Double {
    if step < warmup { return peak * Double(step + 1) / Double(warmup) }
    guard shape == .cosine else { return peak }
    let progress = Double(step - warmup) / Double(max(1, steps - warmup))
    return peak * (1 + cos(.pi * min(1, progress))) / 2
  }
}
