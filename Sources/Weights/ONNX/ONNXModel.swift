public import Autograd
public import Foundation

/// A network with its weights as a file of the Open Neural Network Exchange, for other programs to run.
///
/// It takes grey images `[batch, 1, height, width]` of 0...1, by name `image`, and gives `probabilities`. What is
/// normalised in front of the network is so within the file. The file is for images of all sizes that the network
/// takes, whatever the size of the graph that it was made of.
public struct ONNXModel {
  /// The version of ONNX's operators: that of 2022, which runtimes have long since known.
  public static let operatorSet = 17
  /// The version of the file format that came with it.
  private static let format = 8
  /// What the file calls what it takes.
  public static let input = "image"
  /// What the file calls what it gives.
  public static let output = "probabilities"

  let nodes: [ONNXNode]
  let tensors: [ONNXTensor]
  private let channels: Int

  /// Translates a graph.
  ///
  /// - Parameters:
  ///   - graph: A network in evaluation mode.
  ///   - image: Its input of three channels, each a normalised copy of a grey image.
  ///   - probabilities: What it is asked for.
  ///   - mean: What a grey value is lessened by, for each of the three.
  ///   - deviation: What it is then divided by.
  ///   - parameters: Values for what the graph names.
  /// - Precondition: the sides of all that the network resizes to are whole fractions of the image's.
  public init(
    _ graph: Graph, image: Value, probabilities: Value, mean: [Float], deviation: [Float],
    parameters: ParameterStore
  ) {
    var translation = ONNXTranslation(graph, image: image, named: "normalized")
    translation.normalize(Self.input, mean: mean, deviation: deviation)
    for node in graph.describedNodes {
      translation.add(node, named: node.output == probabilities ? Self.output : nil)
    }
    nodes = translation.nodes
    let weights = translation.parameters.map { path in
      ONNXTensor(
        name: path.description, extents: parameters.shape(of: path).extents,
        content: .numbers(parameters[path]))
    }
    tensors = translation.constants + weights
    channels = graph.shape(of: probabilities).channels
  }

  /// The bytes of the file, one piece behind the other; `name` is the network's, `producer` the program that writes it.
  public func pieces(name: String, producer: (name: String, version: String)) -> [Data] {
    var graph = ProtobufMessage()
    for node in nodes { graph.add(1, node.message) }
    graph.add(2, name)
    for tensor in tensors { graph.add(5, tensor.message) }
    graph.add(11, ONNXFeatureMaps(name: Self.input, channels: 1).message)
    graph.add(12, ONNXFeatureMaps(name: Self.output, channels: channels).message)
    var operators = ProtobufMessage()
    operators.add(2, Self.operatorSet)
    var model = ProtobufMessage()
    model.add(1, Self.format)
    model.add(2, producer.name)
    model.add(3, producer.version)
    model.add(7, graph)
    model.add(8, operators)
    return model.pieces
  }
}
