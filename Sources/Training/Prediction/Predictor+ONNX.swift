import Autograd
public import Imaging
import Networks
public import Weights

/// A grey image and what a network says of it, for other programs to compare theirs with.
public struct NetworkExample: Equatable, Sendable {
  /// The image as it is given, at the size that the network sees.
  public let image: Image
  /// Of every pixel to be cell and, where the network says that, core; 0...1, row by row.
  public let probabilities: [[Float]]
}

extension Predictor {
  /// Pixels of an example's side, at most.
  public static let largestExample = 512

  /// Whether the network has a channel of cores.
  public var tellsCellsApart: Bool { (network as? CellNetwork)?.hasCores == true }

  /// What the sides of the network's input are multiples of.
  public var multiple: Int { network.multiple }

  /// The least side of the network's input.
  public var smallest: Int { network.smallest }

  /// The network with its weights as they are, for other programs.
  ///
  /// It takes grey images whose sides are as `smallest` and `multiple` say. Mirror images, tiles and the way to the
  /// working size and back are this class's own, and not in it.
  public func onnxModel() -> ONNXModel {
    let drawn = network.graph(.evaluation, width: network.smallest, height: network.smallest)
    var graph = drawn.graph
    var answer = drawn.logits.mask
    if let core = drawn.logits.core { answer = graph.concatenate([answer, core]) }
    let probabilities = graph.sigmoid(answer)
    return ONNXModel(
      graph, image: drawn.image, probabilities: probabilities, mean: Normalization.mean,
      deviation: Normalization.deviation, parameters: parameters)
  }

  /// The middle of an image, at the working size, and what the network says of it by itself.
  ///
  /// The contrast is spread as bioimage.io can say it, with nothing set aside, and mirror images do not count.
  ///
  /// - Throws: `TrainingError.memory` as of `check`.
  public func example(of image: Image) throws(TrainingError) -> NetworkExample {
    let scaled = image.resized(smallestSide: size)
    func side(_ length: Int) -> Int {
      let most = max(Self.largestExample, network.smallest)
      return min(length, most) / network.multiple * network.multiple
    }
    let (width, height) = (side(scaled.width), side(scaled.height))
    try check(width: width, height: height)
    let middle = scaled.cropped(width: width, height: height)
    return NetworkExample(
      image: middle,
      probabilities: answers(
        ofView: middle.scaledToRange(percentiles), width: width, height: height))
  }
}
