/// How much an op computes, and how: for reports, not for running it.
///
/// Operations are counted as the definition has them, a product and a sum as two, whatever trick
/// saves some of them.
public struct OpWork: Equatable, Sendable {
  /// Floating point operations of `forward`.
  public var flops: Double
  /// Floating point operations to find the gradient of each input; those left out take none.
  public var gradientFlops: [Double]
  /// The kernel that was chosen, where there is a choice.
  public var kernel: String?

  /// Describes work; what says nothing counts nothing.
  public init(flops: Double = 0, gradientFlops: [Double] = [], kernel: String? = nil) {
    self.flops = flops
    self.gradientFlops = gradientFlops
    self.kernel = kernel
  }
}

/// An op that can say how much it computes.
public protocol MeasuredOp: Op {
  /// The work on inputs of these shapes by a pool of so many threads.
  func work(for inputs: [Shape], threads: Int) -> OpWork
}

extension Op {
  /// What the op says of its work; nothing unless it is a `MeasuredOp`.
  public func knownWork(for inputs: [Shape], threads: Int) -> OpWork {
    (self as? any MeasuredOp)?.work(for: inputs, threads: threads) ?? OpWork()
  }
}
