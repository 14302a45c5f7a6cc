/// How much a step computes, and how: for reports, not for running it.
///
/// Operations are counted as the definition has them, a product and a sum as two, whatever trick
/// saves some of them.
public struct StepWork: Equatable, Sendable {
  /// Floating point operations of `forward`.
  public var flops: Double
  /// Floating point operations to find the gradient of each input; those left out take none.
  var gradientFlops: [Double]
  /// The kernel that was chosen, where there is a choice.
  public var kernel: String?

  /// Describes work; what says nothing counts nothing.
  public init(flops: Double = 0, gradientFlops: [Double] = [], kernel: String? = nil) {
    self.flops = flops
    self.gradientFlops = gradientFlops
    self.kernel = kernel
  }
}
