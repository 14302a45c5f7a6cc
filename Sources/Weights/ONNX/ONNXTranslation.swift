import Autograd

/// Turns the nodes of a graph into ONNX's, one after the other.
///
/// What each of ONNX's operators does: https://onnx.ai/onnx/operators.
struct ONNXTranslation {
  private(set) var nodes: [ONNXNode] = []
  /// Constants besides the weights.
  private(set) var constants: [ONNXTensor] = []
  /// The parameters that are read, in the order in which they are.
  private(set) var parameters: [Path] = []
  private var known: Set<Path> = []
  private let graph: Graph
  private let image: Value
  private var names: [Value: String]

  /// Begins with a graph whose input is called `name`.
  init(_ graph: Graph, image: Value, named name: String) {
    (self.graph, self.image) = (graph, image)
    names = [image: name]
  }

  /// Makes the network's input of a grey one: a channel for each mean, `(grey - mean) / deviation`.
  mutating func normalize(_ grey: String, mean: [Float], deviation: [Float]) {
    let scale = constant(
      "normalization.weight", [mean.count, 1, 1, 1], .numbers(deviation.map { 1 / $0 }))
    let shift = constant(
      "normalization.bias", [mean.count], .numbers(zip(mean, deviation).map { -$0 / $1 }))
    nodes.append(
      ONNXNode(operation: "Conv", inputs: [grey, scale, shift], output: name(of: image)))
  }

  /// Adds a node; without a name it gets one of its own.
  mutating func add(_ node: DescribedNode, named given: String? = nil) {
    let inputs = node.inputs.map { self.input($0) }
    let output: String
    switch node.meaning {
    case .convolution(let stride, let padding, let dilation):
      output = add(
        "Conv", inputs,
        Self.window(stride: stride, padding: padding).merging(
          ["dilations": .wholeNumbers([dilation, dilation])]) { $1 }, given)
    case .transposedConvolution(let stride, let padding, let outputPadding):
      output = add(
        "ConvTranspose", inputs,
        Self.window(stride: stride, padding: padding).merging(
          ["output_padding": .wholeNumbers([outputPadding, outputPadding])]) { $1 }, given)
    case .batchNorm(let epsilon):
      output = add("BatchNormalization", inputs, ["epsilon": .number(Float(epsilon))], given)
    case .relu: output = add("Relu", inputs, [:], given)
    case .sigmoid: output = add("Sigmoid", inputs, [:], given)
    case .add: output = add("Add", inputs, [:], given)
    case .multiply: output = add("Mul", inputs, [:], given)
    case .concatenate: output = add("Concat", inputs, ["axis": .wholeNumber(1)], given)
    case .maxPool(let kernel, let stride, let padding):
      output = add(
        "MaxPool", inputs,
        Self.window(stride: stride, padding: padding).merging(
          ["kernel_shape": .wholeNumbers([kernel, kernel])]) { $1 }, given)
    case .upsampleNearest:
      let scales = constant("doubled", [4], .numbers([1, 1, 2, 2]))
      // The place is the half, rounded down: `y[2 i + a] = x[i]`.
      output = add(
        "Resize", [inputs[0], "", scales],
        [
          "mode": .text("nearest"), "nearest_mode": .text("floor"),
          "coordinate_transformation_mode": .text("asymmetric"),
        ], given)
    case .resizeBilinear(let height, let width):
      output = resized(inputs[0], height: height, width: width, given)
    }
    names[node.output] = output
  }

  /// Feature maps at another size, which is said as a fraction of the image's: their own is rounded, so that a
  /// fraction of that would miss it in images of other sizes.
  private mutating func resized(
    _ maps: String, height: Int, width: Int, _ given: String?
  ) -> String {
    let whole = graph.shape(of: image)
    precondition(
      whole.height % height == 0 && whole.width % width == 0,
      "\(height) x \(width) is no whole part of \(whole)")
    let (rows, columns) = (whole.height / height, whole.width / width)
    let parts = constant("parts_\(rows)_\(columns)", [2], .wholeNumbers([rows, columns]))
    let channels = add("Shape", [maps], ["end": .wholeNumber(2)])
    let sides = add("Shape", [name(of: image)], ["start": .wholeNumber(2)])
    let size = add("Div", [sides, parts])
    let target = add("Concat", [channels, size], ["axis": .wholeNumber(0)])
    return add(
      "Resize", [maps, "", "", target],
      ["mode": .text("linear"), "coordinate_transformation_mode": .text("half_pixel")], given)
  }

  /// Adds an operation and gives the name of its output: the operation's, and a number.
  private mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:],
    _ given: String? = nil
  ) -> String {
    let name = given ?? "\(operation)_\(nodes.count)"
    nodes.append(
      ONNXNode(operation: operation, inputs: inputs, output: name, attributes: attributes))
    return name
  }

  private static func window(stride: Int, padding: Int) -> [String: ONNXAttribute] {
    [
      "strides": .wholeNumbers([stride, stride]),
      "pads": .wholeNumbers([padding, padding, padding, padding]),
    ]
  }

  /// The name of a value that a node reads, which may be a parameter.
  private mutating func input(_ value: Value) -> String {
    guard let path = graph.path(of: value) else { return name(of: value) }
    if known.insert(path).inserted { parameters.append(path) }
    return path.description
  }

  private func name(of value: Value) -> String {
    guard let name = names[value] else {
      preconditionFailure("a value is read that is neither the image nor made of it")
    }
    return name
  }

  /// The name of a constant, which is kept once.
  private mutating func constant(
    _ name: String, _ extents: [Int], _ content: ONNXTensor.Content
  ) -> String {
    if !constants.contains(where: { $0.name == name }) {
      constants.append(ONNXTensor(name: name, extents: extents, content: content))
    }
    return name
  }
}
