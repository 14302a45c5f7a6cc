/// Where the batches of a run come from: what each step has is said in order, and made in any.
///
/// What a step has follows from the settings and the steps before it alone, so that a run goes on where
/// it was broken off by passing over what was done.
protocol BatchSource: Sendable {
  /// What says how a batch is made, whatever was made before.
  associatedtype Order: Sendable

  /// How many batches are made ahead of their use, at most.
  static var ahead: Int { get }

  /// The next order; none after the last.
  mutating func next() -> Order?

  /// Carries an order out.
  func make(_ order: Order) -> Batch
}

extension BatchSource {
  /// Passes over the orders of steps that are done.
  mutating func skip(_ steps: Int) {
    for _ in 0..<steps { guard next() != nil else { return } }
  }
}
