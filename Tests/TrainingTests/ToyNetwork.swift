import Autograd
@testable import Networks

import Recipes
@testable import Training
import Weights

/// Two layers with a batch norm: everything that a run has to keep, in milliseconds.
struct ToyNetwork: SegmentationNetwork {
  let multiple = 1

  func logits(of image: Value, in graph: inout Graph) -> Value {
    let hidden = Conv2d(channels: 6, kernel: 3)(image, at: "first", in: &graph)
    let normed = BatchNorm2d()(hidden, at: "norm", in: &graph)
    return Conv2d(channels: 1, kernel: 3)(graph.relu(normed), at: "head", in: &graph)
  }
}

extension ToyNetwork {
  /// Weights with the same answer everywhere: all is cell, or nothing is.
  static func constant(_ isCell: Bool, _ weights: StateDict) -> StateDict {
    func values(_ tensor: NamedTensor) -> [Float] {
      switch tensor.path.description {
      case "head.weight": tensor.values.map { _ in 0 }
      case "head.bias": [isCell ? 1 : -1]
      default: tensor.values
      }
    }
    return StateDict(
      weights.tensors.map {
        NamedTensor(path: $0.path, shape: $0.shape, values: values($0))
      })
  }
}

/// The same with an encoder of two stages.
struct ToyEncoderNetwork: SegmentationNetwork {
  let multiple = 1

  func logits(of image: Value, in graph: inout Graph) -> Value {
    ToyNetwork().logits(of: image, in: &graph)
  }

  func encoderDepth(of path: Path) -> Int? {
    switch path.description.split(separator: ".").first {
    case "first": 1
    case "norm": 0
    default: nil
    }
  }
}

/// Passes on the red channel: with the right filter the logit is any linear function of the grey value.
struct PassThrough: SegmentationNetwork {
  var multiple = 1
  var kernel = 1

  func logits(of image: Value, in graph: inout Graph) -> Value {
    Conv2d(channels: 1, kernel: kernel)(image, at: "head", in: &graph)
  }
}
