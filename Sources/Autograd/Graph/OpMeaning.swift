/// What a node of a graph computes of its inputs, said for other engines; PyTorch's ops of the same names.
public enum OpMeaning: Hashable, Sendable {
  /// Of feature maps, a filter `[out, in, h, w]` and perhaps a bias; zeros around, on all four sides alike.
  case convolution(stride: Int, padding: Int, dilation: Int)
  /// Of feature maps, a filter `[in, out, h, w]` and perhaps a bias.
  case transposedConvolution(stride: Int, padding: Int, outputPadding: Int)
  /// Of feature maps, weight, bias, mean and variance, of which the last two are constant.
  case batchNorm(epsilon: Double)
  /// The larger of each value and 0.
  case relu
  /// `1 / (1 + exp(-z))`.
  case sigmoid
  /// The sum of two values of one shape.
  case add
  /// The product of two values, of which one may have a single channel for all of the other's.
  case multiply
  /// Feature maps side by side in their channels.
  case concatenate
  /// The largest value of each square window; padding never wins, and what is left over at the end is dropped.
  case maxPool(kernel: Int, stride: Int, padding: Int)
  /// Every pixel repeated in a block of 2 x 2.
  case upsampleNearest
  /// Another size, bilinear by the centres of pixels.
  case resizeBilinear(height: Int, width: Int)
}

/// A node of a graph as other engines are told it.
public struct DescribedNode: Hashable, Sendable {
  /// What it computes.
  public let meaning: OpMeaning
  /// What it reads, in the op's order.
  public let inputs: [Value]
  /// What it makes.
  public let output: Value
}

extension Graph {
  /// The nodes, each after those that it reads.
  ///
  /// - Precondition: no losses, and no batch norm that learns: those mean nothing outside of training.
  public var describedNodes: [DescribedNode] {
    nodes.map { node in
      guard let meaning = node.op.meaning else {
        preconditionFailure("\(describe(node.output)) is for training alone")
      }
      return DescribedNode(meaning: meaning, inputs: node.inputs, output: node.output)
    }
  }

  /// The parameter or statistic that a value is; nil for inputs and what nodes make.
  public func path(of value: Value) -> Path? {
    guard case .declared(let index) = sources[value.index] else { return nil }
    return declarations[index].path
  }
}
