import Autograd
import Foundation
import Kernels
import Networks
import Recipes
import Weights

/// A whole network with its loss, started from hashes.
struct TrainedModel {
  let parameters: ParameterStore
  private let images: Int
  private let size: Int
  private let image: Value
  private let target: Value
  private let logits: Value
  private let lossValue: Value
  private let executor: Executor

  init(_ architecture: Architecture, mode: Graph.Mode, images: Int, size: Int) {
    var graph = Graph(mode: mode)
    image = graph.input("image", Shape(images, 3, size, size))
    target = graph.input("target", Shape(images, 1, size, size))
    logits = architecture.logits(of: image, in: &graph)
    lossValue = AuraLoss()(logits, target, in: &graph)
    let probe = Probe(graph, loss: lossValue)
    (parameters, executor) = (probe.parameters, probe.executor)
    (self.images, self.size) = (images, size)
    Hashed.initialise(parameters)
  }

  /// The loss of the last step.
  var loss: [Float] { executor.values(of: lossValue) }

  /// How many running means and variances there are.
  var statisticCount: Int { parameters.paths.count { !parameters.isTrained($0) } }

  /// The running means and variances.
  var statistics: [Path: [Float]] {
    let paths = parameters.paths.filter { !parameters.isTrained($0) }
    return Dictionary(uniqueKeysWithValues: paths.map { ($0, parameters[$0]) })
  }

  /// Runs forward and backward on a hashed batch.
  func step(_ name: String) {
    let batch = Hashed.batch(name, images: images, size: size)
    executor.load(batch.image, into: image)
    executor.load(batch.target, into: target)
    executor.forward()
    executor.backward()
  }

  /// The gaps of the logits at sampled places, and of their norm and projection.
  func logitsGap(_ golden: Golden) throws -> (elements: Double, norm: Double) {
    let values = executor.values(of: logits)
    let found = Summary("logits", values)
    let expected = Summary(row: try golden.tensor("logits").values, count: values.count)
    return (found.elementGap(from: expected), found.normGap(from: expected))
  }

  /// PyTorch's summaries by parameter.
  func summaries(
    _ table: String, _ note: String, _ golden: Golden
  ) throws -> [(path: Path, row: Summary)] {
    try golden.summaries(table, namedBy: note) { parameters.shape(of: $0).count }
  }

  /// Two estimates of the relative L2 gap of all gradients as one vector.
  ///
  /// `sampled`: the squared gaps of each tensor's 64 sampled elements, weighed by how many elements
  /// each stands for. `projected`: the squared gaps of the signed random projections, whose
  /// expectation is the squared L2 gap itself.
  func gradientGap(_ golden: Golden) throws -> (sampled: Double, projected: Double) {
    var (sampled, projected, squares) = (0.0, 0.0, 0.0)
    for (path, expected) in try summaries("gradients", "parameters", golden) {
      let found = Summary(path.description, parameters.gradient(of: path))
      let weight = Double(expected.count) / Double(Summary.samples)
      for (one, other) in zip(found.elements, expected.elements) {
        sampled += weight * (one - other) * (one - other)
      }
      let gap = found.projection - expected.projection
      projected += gap * gap
      squares += expected.norm * expected.norm
    }
    return ((sampled / squares).squareRoot(), (projected / squares).squareRoot())
  }

  /// Writes logits, loss, gradients and statistics where `AURA_DUMP` asks for them.
  func dump(_ name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["AURA_DUMP"] else { return }
    let shape = Shape(images, 1, size, size)
    var state = StateDict([
      NamedTensor(path: "logits", shape: shape, values: executor.values(of: logits)),
      NamedTensor(path: "loss", shape: Shape(1), values: loss),
    ])
    for path in parameters.paths {
      let isTrained = parameters.isTrained(path)
      let values = isTrained ? parameters.gradient(of: path) : parameters[path]
      let key = Path(isTrained ? "gradient" : "statistic") / path.description
      state.append(NamedTensor(path: key, shape: parameters.shape(of: path), values: values))
    }
    try Safetensors.encode(state).write(
      to: URL(filePath: folder).appending(path: "\(name).safetensors"))
  }
}
