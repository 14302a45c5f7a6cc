import Autograd
import Kernels
import Networks
import Recipes
import Testing
import Weights

/// The five networks with a channel of cores against PyTorch in float64, from where `ModelParityTests` stands:
/// `Goldens/make_object_goldens.py`.
@Suite(.serialized) struct ObjectParityTests {
  @Test(arguments: Architecture.allCases)
  func `both channels, their loss and every gradient are PyTorch's`(
    architecture: Architecture
  ) throws {
    let golden = try Golden("objects-\(architecture.rawValue)")
    let size = max(64, architecture.smallest)
    let shape = Shape(2, 1, size, size)
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(2, 3, size, size))
    let target = graph.input("target", shape)
    let logits = architecture.logitsWithCores(of: image, in: &graph)
    let core = try #require(logits.core)
    let coreTarget = graph.input("core", shape)
    let weights = graph.input("weights", shape)
    let known = AuraLoss.Known(shape, in: &graph)
    let maskLoss = AuraLoss()(logits.mask, target, in: &graph)
    let coreLoss = AuraLoss()(core, coreTarget, known: known, weights: weights, in: &graph)
    let loss = graph.weightedSum([(1, maskLoss), (1, coreLoss)])
    let probe = Probe(graph, loss: loss)
    let (parameters, executor) = (probe.parameters, probe.executor)
    Hashed.initialise(parameters)
    for tensor in try Golden("evaluation-\(architecture.rawValue)").state.tensors
    where parameters.paths.contains(tensor.path) { parameters[tensor.path] = tensor.values }

    let name = try #require(golden.state.metadata["images"])
    let batch = Hashed.batch(name, images: 2, size: size)
    func plane(_ part: String) -> [Float] {
      Hashed.batch("\(name).\(part)", images: 2, size: size).target
    }
    let unknown = plane("unknown")
    executor.load(batch.image, into: image)
    executor.load(batch.target, into: target)
    executor.load(zip(plane("core"), unknown).map { $0 * (1 - $1) }, into: coreTarget)
    let counts = zip(plane("seam"), unknown).map { (1 + 4 * $0) * (1 - $1) }
    executor.load(counts, into: weights)
    let pixels = counts.map { $0 > 0 ? Float(1) : 0 }
    for (value, data) in known.values(of: pixels, width: size, height: size) {
      executor.load(data, into: value)
    }
    executor.forward()
    executor.backward()

    for (value, part) in [(logits.mask, "logits"), (core, "cores")] {
      let values = executor.values(of: value)
      let found = Summary("logits", values)
      let expected = Summary(row: try golden.tensor(part).values, count: values.count)
      #expect(found.elementGap(from: expected) <= 1e-3, "\(part)")
      #expect(found.normGap(from: expected) <= 3e-3, "\(part)")
    }
    #expect(gap(executor.values(of: loss), try golden.tensor("loss").values) <= 1e-5)
    let rows = try golden.summaries("gradients", namedBy: "parameters") {
      parameters.shape(of: $0).count
    }
    #expect(rows.count == parameters.paths.count { parameters.isTrained($0) })
    for (path, expected) in rows {
      let found = Summary(path.description, parameters.gradient(of: path))
      #expect(found.elementGap(from: expected) <= 1e-3, "\(path)")
      #expect(found.normGap(from: expected) <= 3e-3, "\(path)")
    }
  }

  @Test(arguments: Architecture.allCases)
  func `weights without cores are a part of those with them`(architecture: Architecture) {
    func paths(_ draw: (Value, inout Graph) -> Void) -> [Path] {
      var graph = Graph(mode: .evaluation)
      let side = architecture.smallest
      draw(graph.input("image", Shape(1, 3, side, side)), &graph)
      return ParameterStore(declaring: graph).paths
    }
    let plain = paths { _ = architecture.logits(of: $0, in: &$1) }
    let cored = paths { _ = architecture.logitsWithCores(of: $0, in: &$1) }
    #expect(cored == plain + ["core.weight", "core.bias"])
  }
}
