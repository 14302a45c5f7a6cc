/// The two ways through a graph.
public enum ExecutionPhase: String, CaseIterable, Codable, Sendable {
  /// Values.
  case forward
  /// Gradients.
  case backward
}

/// Runs a step, by its number, in one phase, on the executor's thread; a step has one number in both.
public typealias ExecutionTrace = (
  _ step: Int, _ phase: ExecutionPhase, _ run: () -> Void
) -> Void

/// What one step of an executor is, for reports.
public struct ExecutionStep: Equatable, Sendable {
  /// Where in the network, such as `encoder.layer1.0.conv1`.
  public var layer: String
  /// What is done, such as `Convolution`.
  public var op: String
  /// Floating point operations of the forward phase.
  public var forwardFlops: Double = 0
  /// Floating point operations of the backward phase.
  public var backwardFlops: Double = 0
  /// How it is done, where there is a choice, such as `winograd 4x4`.
  public var kernel: String?
}

extension ExecutionStep {
  /// Describes a step by its work; `wanted` says of every input whether its gradient is found.
  init(layer: String, op: String, work: StepWork, wanted: [Bool]) {
    self.init(
      layer: layer, op: op, forwardFlops: work.flops,
      backwardFlops: zip(work.gradientFlops, wanted).reduce(0) { $0 + ($1.1 ? $1.0 : 0) },
      kernel: work.kernel)
  }
}
