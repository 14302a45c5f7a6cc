import Autograd
@testable import Networks
import Testing
import Weights

/// One block as the golden file names it.
struct BlockCase: Sendable, CustomTestStringConvertible {
  let name: String
  let build: @Sendable (inout Graph, [Value]) -> Value
  /// Biases in front of a batch norm in training mode: it takes the mean away, so their true
  /// gradient is 0 and PyTorch's is rounding.
  var idleBiases: [String] = []

  var testDescription: String { name }

  static let all = [
    BlockCase(
      name: "doubleconv",
      build: { graph, x in DoubleConv(channels: 5)(x[0], at: "", in: &graph) },
      idleBiases: ["0.bias", "3.bias"]),
    BlockCase(
      name: "upconv", build: { graph, x in UpConv(channels: 3)(x[0], at: "", in: &graph) },
      idleBiases: ["1.bias"]),
    BlockCase(
      name: "gate",
      build: { graph, x in AttentionGate(width: 2)(x[1], by: x[0], at: "", in: &graph) },
      idleBiases: ["w_g.0.bias", "w_x.0.bias", "psi.0.bias"]),
    BlockCase(
      name: "basic", build: { graph, x in BasicBlock(channels: 3)(x[0], at: "", in: &graph) }),
    BlockCase(
      name: "basicwider", build: { graph, x in BasicBlock(channels: 5)(x[0], at: "", in: &graph) }),
    BlockCase(
      name: "basicstride",
      build: { graph, x in BasicBlock(channels: 5, stride: 2)(x[0], at: "", in: &graph) }),
    BlockCase(
      name: "cedecoder",
      build: { graph, x in TransposedDecoder(channels: 5)(x[0], at: "", in: &graph) },
      idleBiases: ["0.bias", "3.bias", "6.bias"]),
    BlockCase(
      name: "denseatrous",
      build: { graph, x in DenseAtrousBlock()(x[0], at: "", in: &graph) }),
    BlockCase(
      name: "multikernel",
      build: { graph, x in MultiKernelPooling()(x[0], at: "", in: &graph) }),
  ]
}

struct BlockParityTests {
  @Test(arguments: BlockCase.all)
  func `every block, its gradients and its statistics are PyTorch's in training mode`(
    block: BlockCase
  ) throws {
    try expectParity(block, with: try Golden("blocks"), mode: .training)
  }

  @Test(arguments: BlockCase.all)
  func `every block and its gradients are PyTorch's with frozen statistics, which stay`(
    block: BlockCase
  ) throws {
    try expectParity(block, with: try Golden("blocks-frozen"), mode: .evaluation)
  }

  private func expectParity(_ block: BlockCase, with golden: Golden, mode: Graph.Mode) throws {
    var graph = Graph(mode: mode)
    let inputs = golden.tensors(below: block.name).filter { $0.rest.hasPrefix("x") }
      .sorted { $0.rest < $1.rest }.map {
        graph.input($0.rest, $0.tensor.shape, needsGradient: true)
      }
    let y = block.build(&graph, inputs)
    let probe = Probe(graph, output: y)
    let before = golden.tensors(below: "\(block.name).before")
    #expect(Set(before.map { Path($0.rest) }) == Set(probe.parameters.paths))
    for (rest, tensor) in before { probe.parameters[Path(rest)] = tensor.values }
    for (index, input) in inputs.enumerated() {
      probe.executor.load(try golden.picture("\(block.name).x\(index)"), into: input)
    }
    probe.run(upstream: try golden.picture("\(block.name).dy"))

    var gaps = ["y": gap(probe.executor.values(of: y), try golden.picture("\(block.name).y"))]
    for (index, input) in inputs.enumerated() {
      gaps["dx\(index)"] = gap(
        probe.executor.gradient(of: input), try golden.picture("\(block.name).dx\(index)"))
    }
    for (rest, tensor) in golden.tensors(below: "\(block.name).gradient") {
      let isIdle = mode == .training && block.idleBiases.contains(rest)
      let scale = isIdle ? try weightScale(rest, block, golden) : 0
      gaps[rest] = gap(
        probe.parameters.gradient(of: Path(rest)), tensor.values, scale: scale)
    }
    for (rest, tensor) in golden.tensors(below: "\(block.name).after") {
      gaps[rest] = gap(probe.parameters[Path(rest)], tensor.values)
      if mode == .evaluation { #expect(probe.parameters[Path(rest)] == tensor.values) }
    }
    say("block \(block.name)", gaps.values.reduce(0, max))
    #expect(gaps.values.allSatisfy { $0 <= 1e-5 }, "\(block.name): \(gaps)")
  }

  /// The largest gradient of the weight beside a bias: what an idle bias is measured against.
  private func weightScale(_ bias: String, _ block: BlockCase, _ golden: Golden) throws -> Float {
    let weight = bias.dropLast("bias".count) + "weight"
    return try golden.tensor("\(block.name).gradient.\(weight)").values
      .reduce(0) { max($0, $1.magnitude) }
  }
}
