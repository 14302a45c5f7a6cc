/// How the arrows of the plan dialog move a setting: within limits of its own, far ones in large steps.
public struct ScreenSteps: Equatable, Sendable {
  /// What the dialog takes it to at most.
  let limits: ClosedRange<Int>
  private let starts: [Int]
  private let strides: [Int]

  /// Steps of one size.
  init(_ limits: ClosedRange<Int>, by stride: Int) {
    self.init(limits, [(limits.lowerBound, stride)])
  }

  /// Steps that grow, the smallest first.
  ///
  /// - Precondition: there is a stride, and the first begins at the lower limit.
  init(_ limits: ClosedRange<Int>, _ strides: [(from: Int, by: Int)]) {
    precondition(strides.first?.from == limits.lowerBound, "steps in \(limits)")
    self.limits = limits
    starts = strides.map(\.from)
    self.strides = strides.map(\.by)
  }

  /// A value some steps up, or down where they are negative.
  public func moved(_ value: Int, by steps: Int) -> Int {
    var value = value
    for _ in 0..<abs(steps) {
      // A step down is as large as the one that led here.
      let near = steps > 0 ? value : value - 1
      let stride = strides[max(0, (starts.firstIndex { $0 > near } ?? starts.count) - 1)]
      value = (steps > 0 ? value / stride + 1 : (value + stride - 1) / stride - 1) * stride
      value = min(max(value, limits.lowerBound), limits.upperBound)
    }
    return value
  }
}
