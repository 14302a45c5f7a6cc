import Screen

/// How curves of losses are drawn.
struct CurveSettings: Equatable, Sendable {
  enum Command: Sendable { case toggleLog, smoothLess, smoothMore }

  /// Whether losses are drawn on a logarithmic scale.
  var isLogarithmic: Bool
  /// How much of a curve's past each point holds, 0...4.
  var smoothing: Int

  /// The weight of the past at each step of `smoothing`.
  private static let weights = [0.0, 0.6, 0.85, 0.95, 0.98]

  /// Values as the curve shows them.
  func smoothed(_ values: [Double]) -> [Double] {
    smoothing > 0 ? Smoothing.exponential(values, weight: Self.weights[smoothing]) : values
  }

  mutating func perform(_ command: Command) {
    switch command {
    case .toggleLog: isLogarithmic.toggle()
    case .smoothLess: smoothing = max(0, smoothing - 1)
    case .smoothMore: smoothing = min(Self.weights.count - 1, smoothing + 1)
    }
  }

  /// The keys, for the screen that shows curves; hints from `rank` on, if they have any.
  static func bindings<Target>(
    rank: Int? = nil, _ as: @escaping (Command) -> Target.Command
  ) -> [Binding<Target>] {
    [
      Binding<Target>("L", `as`(.toggleLog), "logarithmic loss").hint("log", rank),
      Binding<Target>("-", `as`(.smoothLess), "less smoothing")
        .hint("smooth", rank.map { $0 + 1 }),
      Binding<Target>(
        "=", [.character("="), .character("+")], `as`(.smoothMore), "more smoothing"
      ).hint("smooth", rank.map { $0 + 2 }),
    ]
  }
}
