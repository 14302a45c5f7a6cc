/// How the arrows of the plan dialog move a setting: within limits of its own, far ones in large steps.
public struct ScreenSteps: Sendable {
  /// What the dialog takes it to at most.
  let limits: ClosedRange<Int>
  private let strides: [(from: Int, by: Int)]

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
    self.strides = strides
  }

  /// A value some steps up, or down where they are negative.
  public func moved(_ value: Int, by steps: Int) -> Int {
    var value = value
    for _ in 0..<abs(steps) {
      // A step down is as large as the one that led here.
      let near = steps > 0 ? value : value - 1
      let stride = strides.last { $0.from <= near }?.by ?? strides[0].by
      value = (steps > 0 ? value / stride + 1 : (value + stride - 1) / stride - 1) * stride
      value = min(max(value, limits.lowerBound), limits.upperBound)
    }
    return value
  }
}
