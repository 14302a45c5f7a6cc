import Autograd

/// Batch normalisation, a mean and a variance a channel: `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`.
///
/// In training mode mean and variance are the batch's (the variance divided by n) and move the
/// running ones (there by n - 1) by a tenth; in evaluation mode they are the running ones.
/// Parameters: `weight [C]` starting at 1, `bias [C]` at 0; state: `running_mean [C]` at 0,
/// `running_var [C]` at 1. PyTorch's counter `num_batches_tracked` is not kept: nothing reads it.
struct BatchNorm2d: Sendable {
  /// Normalises `[N, C, H, W]`, in training mode with more than one value a channel; the graph's mode
  /// decides which statistics count.
  func callAsFunction(_ x: Value, at path: Path, in graph: inout Graph) -> Value {
    let shape = Shape(graph.shape(of: x).extents[1])
    let weight = graph.parameter(path / "weight", shape, .constant(1))
    let bias = graph.parameter(path / "bias", shape, .constant(0))
    let mean = graph.statistic(path / "running_mean", shape, .constant(0))
    let variance = graph.statistic(path / "running_var", shape, .constant(1))
    return graph.batchNorm(
      x, weight: weight, bias: bias, runningMean: mean, runningVariance: variance)
  }
}
