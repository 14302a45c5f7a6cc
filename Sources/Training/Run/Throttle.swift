/// Spaces out the writing of large files: at least a pause apart, and a small share of the time.
struct Throttle {
  /// Seconds between the end of a write and the next one.
  private var pause: Double
  private let shortest: Double
  private var last: ContinuousClock.Instant

  /// Allows a first write `shortest` seconds after the given moment.
  init(shortest: Double, from start: ContinuousClock.Instant) {
    self.shortest = shortest
    pause = shortest
    last = start
  }

  func allows(_ now: ContinuousClock.Instant) -> Bool {
    last.duration(to: now) >= .seconds(pause)
  }

  /// Notes a write, which is not to take more than a twentieth of the time.
  mutating func note(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) {
    pause = max(shortest, 20 * (start.duration(to: end) / .seconds(1)))
    last = end
  }
}
