/// What a queue makes ahead of its use: what is to be made is said in order, and made in any.
protocol BatchSource: Sendable {
  /// What says how one is made, whatever was made before.
  associatedtype Order: Sendable
  /// What is made.
  associatedtype Made: Sendable

  /// The next order; none after the last.
  mutating func next() -> Order?

  /// Carries an order out.
  func make(_ order: Order) -> Made
}
