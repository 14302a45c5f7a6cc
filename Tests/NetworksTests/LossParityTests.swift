import Autograd
import Networks
import Recipes
import Testing
import Weights

struct LossParityTests {
  /// The loss and its terms, each as the settings that leave it alone.
  static let parts: [(String, LossSettings)] = [
    ("bce", settings { ($0.alpha, $0.beta, $0.gamma) = (1, 1, 0) }),
    ("dice", settings { ($0.alpha, $0.beta, $0.gamma) = (0, 1, 0) }),
    ("length", settings { ($0.beta, $0.gamma, $0.lambda) = (0, 1, 0) }),
    ("total", LossSettings()),
    (
      "other",
      settings {
        ($0.alpha, $0.beta, $0.gamma) = (0.3, 0.6, 0.4)
        ($0.lambda, $0.epsilon) = (2, 1e-4)
      }
    ),
    ("sum", settings { $0.reduction = .sum }),
  ]

  private static func settings(_ change: (inout LossSettings) -> Void) -> LossSettings {
    var settings = LossSettings()
    change(&settings)
    return settings
  }

  @Test(arguments: parts, ["soft", "hard"])
  func `every loss and its gradient are PyTorch's`(
    part: (name: String, settings: LossSettings), target kind: String
  ) throws {
    let golden = try Golden("ops")
    let shape = try golden.tensor("loss.\(kind).logits").shape
    var graph = Graph(mode: .training)
    let logits = graph.input("logits", shape, needsGradient: true)
    let target = graph.input("target", shape)
    let loss = AuraLoss(part.settings)(logits, target, in: &graph)
    try expect(graph, loss, logits, target, are: "loss.\(kind).\(part.name)", kind: kind)
  }

  @Test(arguments: ["soft", "hard"])
  func `the area and its gradient are PyTorch's`(target kind: String) throws {
    let golden = try Golden("ops")
    let shape = try golden.tensor("loss.\(kind).logits").shape
    var graph = Graph(mode: .training)
    let logits = graph.input("logits", shape, needsGradient: true)
    let target = graph.input("target", shape)
    let loss = graph.regionArea(graph.sigmoid(logits), target)
    try expect(graph, loss, logits, target, are: "loss.\(kind).area", kind: kind)
  }

  /// Of some pixels nothing is known: they pull at nothing.
  @Test(arguments: ["total", "length", "bce", "dice"], ["strip", "scattered"])
  func `a loss over a part of the pixels is PyTorch's`(name: String, kind: String) throws {
    let settings = try #require(Self.parts.first { $0.0 == name }?.1)
    let golden = try Golden("known-loss")
    let shape = try golden.tensor("\(kind).logits").shape
    var graph = Graph(mode: .training)
    let logits = graph.input("logits", shape, needsGradient: true)
    let target = graph.input("target", shape)
    let known = AuraLoss.Known(shape, in: &graph)
    let loss = AuraLoss(settings)(logits, target, known: known, in: &graph)
    let probe = Probe(graph, loss: loss)
    probe.executor.load(try golden.picture("\(kind).logits"), into: logits)
    probe.executor.load(try golden.picture("\(kind).target"), into: target)
    let planes = try golden.picture("\(kind).known")
    for (value, data) in known.values(of: planes, width: shape.width, height: shape.height) {
      probe.executor.load(data, into: value)
    }
    probe.executor.forward()
    probe.executor.backward()
    let value = gap(
      probe.executor.values(of: loss), try golden.tensor("\(kind).\(name).y").values)
    let gradients = probe.executor.gradient(of: logits)
    let gradient = gap(gradients, try golden.picture("\(kind).\(name).dlogits"))
    say("\(kind).\(name)", max(value, gradient))
    #expect(value <= 1e-5 && gradient <= 1e-5, "\(kind).\(name): \(value), \(gradient)")
    #expect(zip(planes, gradients).allSatisfy { $0 == 1 || $1 == 0 })
  }

  private func expect(
    _ graph: Graph, _ loss: Value, _ logits: Value, _ target: Value, are name: String, kind: String
  ) throws {
    let golden = try Golden("ops")
    let probe = Probe(graph, loss: loss)
    probe.executor.load(try golden.picture("loss.\(kind).logits"), into: logits)
    probe.executor.load(try golden.picture("loss.\(kind).target"), into: target)
    probe.executor.forward()
    probe.executor.backward()
    let value = gap(probe.executor.values(of: loss), try golden.tensor("\(name).y").values)
    let gradient = gap(
      probe.executor.gradient(of: logits), try golden.picture("\(name).dlogits"))
    say(name, max(value, gradient))
    #expect(value <= 1e-5 && gradient <= 1e-5, "\(name): \(value), \(gradient)")
  }
}
