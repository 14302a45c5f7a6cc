import Autograd
@testable import Networks
import Recipes
import Testing
import Weights

/// One op as the golden file names it: what it takes, and how it is put into a graph.
struct OpCase: Sendable, CustomTestStringConvertible {
  let name: String
  var inputs = ["x"]
  var parameters: [String] = []
  /// Gets the inputs, then the parameters.
  let build: @Sendable (inout Graph, [Value]) -> Value

  var testDescription: String { name }

  static func convolution(
    _ name: String, stride: Int = 1, padding: Int, dilation: Int = 1, hasBias: Bool = false
  ) -> OpCase {
    OpCase(name: name, parameters: hasBias ? ["weight", "bias"] : ["weight"]) { graph, values in
      graph.convolution(
        values[0], values[1], hasBias ? values[2] : nil, stride: stride, padding: padding,
        dilation: dilation)
    }
  }

  static func transposed(
    _ name: String, stride: Int, padding: Int = 0, more: Int = 0, hasBias: Bool = true
  ) -> OpCase {
    OpCase(name: name, parameters: hasBias ? ["weight", "bias"] : ["weight"]) { graph, values in
      graph.transposedConvolution(
        values[0], values[1], hasBias ? values[2] : nil, stride: stride, padding: padding,
        outputPadding: more)
    }
  }

  static func pool(_ name: String, kernel: Int, stride: Int = 2, padding: Int = 0) -> OpCase {
    OpCase(name: name) { graph, values in
      graph.maxPool(values[0], kernel: kernel, stride: stride, padding: padding)
    }
  }

  static func resize(_ name: String, height: Int, width: Int) -> OpCase {
    OpCase(name: name) { graph, values in
      graph.resize(values[0], height: height, width: width)
    }
  }

  static let all = [
    convolution("conv7x7s2", stride: 2, padding: 3),
    convolution("conv7x7s2bias", stride: 2, padding: 3, hasBias: true),
    convolution("conv3x3", padding: 1),
    convolution("conv3x3bias", padding: 1, hasBias: true),
    convolution("conv3x3wide", padding: 1, hasBias: true),
    convolution("conv3x3s2", stride: 2, padding: 1),
    convolution("conv3x3s2bias", stride: 2, padding: 1, hasBias: true),
    convolution("conv1x1", padding: 0),
    convolution("conv1x1bias", padding: 0, hasBias: true),
    convolution("conv1x1s2", stride: 2, padding: 0),
    convolution("conv1x1s2bias", stride: 2, padding: 0, hasBias: true),
    OpCase(name: "relu") { graph, values in graph.relu(values[0]) },
    OpCase(name: "sigmoid") { graph, values in graph.sigmoid(values[0]) },
    OpCase(name: "add", inputs: ["input", "other"]) { graph, values in
      graph.add(values[0], values[1])
    },
    OpCase(name: "multiply", inputs: ["input", "other"]) { graph, values in
      graph.multiply(values[0], values[1])
    },
    OpCase(name: "multiplybroadcast", inputs: ["input", "other"]) { graph, values in
      graph.multiply(values[0], values[1])
    },
    pool("maxpool2", kernel: 2, padding: 0),
    pool("maxpool2odd", kernel: 2, padding: 0),
    pool("maxpool3s2", kernel: 3, padding: 1),
    pool("maxpool3s2ties", kernel: 3, padding: 1),
    pool("maxpool3s3", kernel: 3, stride: 3),
    pool("maxpool5s5", kernel: 5, stride: 5),
    pool("maxpool6s6", kernel: 6, stride: 6),
    convolution("conv3x3d3", padding: 3, dilation: 3, hasBias: true),
    convolution("conv3x3d5", padding: 5, dilation: 5, hasBias: true),
    transposed("transposed3x3s2", stride: 2, padding: 1, more: 1),
    transposed("transposed4x4s2", stride: 2, padding: 1),
    transposed("transposed2x2s2", stride: 2, hasBias: false),
    transposed("transposed3x3", stride: 1, padding: 1, hasBias: false),
    transposed("transposed3x3s3", stride: 3, more: 2),
    resize("bilinear", height: 7, width: 6),
    resize("bilineardot", height: 5, width: 7),
    resize("bilinearsame", height: 5, width: 3),
    resize("bilineardown", height: 3, width: 5),
    OpCase(name: "upsample") { graph, values in graph.upsample(values[0]) },
    OpCase(name: "concatenate", inputs: ["a", "b", "c"]) { graph, values in
      graph.concatenate(values)
    },
  ]
}

struct OpParityTests {
  @Test(arguments: OpCase.all)
  func `every op and its gradients are PyTorch's`(op: OpCase) throws {
    let golden = try Golden("ops")
    var graph = Graph(mode: .training)
    let inputs = try op.inputs.map {
      graph.input($0, try golden.tensor("\(op.name).\($0)").shape, needsGradient: true)
    }
    let parameters = try op.parameters.map {
      graph.parameter(Path($0), try golden.tensor("\(op.name).\($0)").shape, .constant(0))
    }
    let y = op.build(&graph, inputs + parameters)
    let probe = Probe(graph, output: y)
    for (name, input) in zip(op.inputs, inputs) {
      probe.executor.load(try golden.picture("\(op.name).\(name)"), into: input)
    }
    for name in op.parameters {
      probe.parameters[Path(name)] = try golden.tensor("\(op.name).\(name)").values
    }
    probe.run(upstream: try golden.picture("\(op.name).dy"))
    var gaps = [gap(probe.executor.values(of: y), try golden.picture("\(op.name).y"))]
    for (name, input) in zip(op.inputs, inputs) {
      gaps.append(
        gap(probe.executor.gradient(of: input), try golden.picture("\(op.name).d\(name)")))
    }
    for name in op.parameters {
      gaps.append(
        gap(
          probe.parameters.gradient(of: Path(name)),
          try golden.tensor("\(op.name).d\(name)").values))
    }
    say("op \(op.name)", gaps.reduce(0, max))
    #expect(gaps.allSatisfy { $0 <= 1e-5 }, "\(op.name): \(gaps)")
  }

  @Test(arguments: [Graph.Mode.training, .evaluation])
  func `batch norm, its gradients and its running statistics are PyTorch's`(
    mode: Graph.Mode
  ) throws {
    let golden = try Golden("ops")
    let name = mode == .training ? "batchnormtraining" : "batchnormevaluation"
    var graph = Graph(mode: mode)
    let x = graph.input("x", try golden.tensor("\(name).x").shape, needsGradient: true)
    let y = BatchNorm2d()(x, at: "bn", in: &graph)
    let probe = Probe(graph, output: y)
    probe.executor.load(try golden.picture("\(name).x"), into: x)
    let keys = [
      "weight": "weight", "bias": "bias", "running_mean": "mean", "running_var": "variance",
    ]
    for (key, stored) in keys {
      probe.parameters["bn" / key] = try golden.tensor("\(name).\(stored)").values
    }
    probe.run(upstream: try golden.picture("\(name).dy"))
    var gaps = [
      gap(probe.executor.values(of: y), try golden.picture("\(name).y")),
      gap(probe.executor.gradient(of: x), try golden.picture("\(name).dx")),
    ]
    for key in ["weight", "bias"] {
      let expected = try golden.tensor("\(name).d\(key)").values
      gaps.append(gap(probe.parameters.gradient(of: "bn" / key), expected))
    }
    for (key, stored) in [("running_mean", "newmean"), ("running_var", "newvariance")] {
      gaps.append(gap(probe.parameters["bn" / key], try golden.tensor("\(name).\(stored)").values))
    }
    say("op \(name)", gaps.reduce(0, max))
    #expect(gaps.allSatisfy { $0 <= 1e-5 }, "\(name): \(gaps)")
  }
}
