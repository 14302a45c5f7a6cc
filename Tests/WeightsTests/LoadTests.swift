import Autograd
import Testing
@testable import Weights

/// A store of a few parameters: two below `encoder`, one beside it.
private func store(seed: UInt64 = 1) -> ParameterStore {
  var graph = Graph(mode: .training)
  _ = graph.parameter("encoder.conv1.weight", Shape(2, 3), .uniform(bound: 1))
  _ = graph.statistic("encoder.bn1.running_mean", Shape(2), .constant(0))
  _ = graph.parameter("head.bias", Shape(5), .uniform(bound: 1))
  var generator = Counter(state: seed)
  return ParameterStore(for: graph, using: &generator)
}

private struct Counter: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

private func tensor(_ path: Path, _ shape: Shape, _ value: Float = 9) -> NamedTensor {
  NamedTensor(path: path, shape: shape, values: [Float](repeating: value, count: shape.count))
}

private let torchvision = [
  tensor("conv1.weight", Shape(2, 3)), tensor("bn1.running_mean", Shape(2)),
  tensor("bn1.num_batches_tracked", Shape()), tensor("fc.weight", Shape(4, 2)),
  tensor("fc.bias", Shape(4)),
]

struct LoadTests {
  @Test func `a store takes the state of another bit for bit`() throws {
    let (one, other) = (store(seed: 1), store(seed: 2))
    #expect(one.stateDict != other.stateDict)
    try other.load(one.stateDict)
    #expect(one.stateDict == other.stateDict)
    #expect(other.stateDict.paths == other.paths)
  }

  @Test func `a tensor of another shape is refused by key, with both shapes, and nothing changes`()
  {
    let target = store()
    let before = target.stateDict
    var state = StateDict()
    for one in before.tensors {
      state.append(
        one.path == "head.bias" ? tensor(one.path, Shape(7)) : tensor(one.path, one.shape))
    }
    let expected = WeightsError.misfit(
      Misfit(misshapen: [.init(key: "head.bias", expected: Shape(5), found: Shape(7))]))
    #expect(throws: expected) { try target.load(state) }
    #expect(target.stateDict == before)
    #expect(
      expected.description
        == "'head.bias' is [7], the network needs [5]; was it trained with other widths?")
  }

  @Test func `everything that does not fit is listed at once, in one line and a line each`() {
    let target = store()
    let state = StateDict([
      tensor("encoder.conv1.weight", Shape(3, 2)), tensor("head.bias", Shape(5)),
      tensor("a", Shape(1)), tensor("b", Shape(1)), tensor("c", Shape(1)),
    ])
    let error = #expect(throws: WeightsError.self) { try target.load(state) }
    #expect(
      error?.description == "'encoder.conv1.weight' is [3, 2], the network needs [2, 3], "
        + "'encoder.bn1.running_mean' is missing from the weights, 'a', 'b' and 1 more are unknown "
        + "to the network; are they of another architecture?")
    guard case .misfit(let misfit)? = error else { return }
    #expect(
      misfit.lines == [
        "missing: encoder.bn1.running_mean", "left over: a", "left over: b", "left over: c",
        "misshapen: encoder.conv1.weight is [3, 2], the network needs [2, 3]",
      ])
  }

  @Test func `missing and unknown names are refused`() {
    let target = store()
    let before = target.stateDict
    let state = StateDict([tensor("head.bias", Shape(5)), tensor("tail", Shape(1))])
    let both = Misfit(
      missing: ["encoder.conv1.weight", "encoder.bn1.running_mean"], unexpected: ["tail"])
    #expect(throws: WeightsError.misfit(both)) { try target.load(state) }
    var whole = before
    whole.append(tensor("tail", Shape(1)))
    #expect(throws: WeightsError.misfit(Misfit(unexpected: ["tail"]))) { try target.load(whole) }
    #expect(target.stateDict == before)
  }

  @Test func `torchvision's names go into the encoder alone, without classifier and counters`()
    throws
  {
    let target = store()
    let head = target["head.bias"]
    try target.loadEncoder(StateDict(torchvision))
    #expect(target["encoder.conv1.weight"] == [9, 9, 9, 9, 9, 9])
    #expect(target["encoder.bn1.running_mean"] == [9, 9])
    #expect(target["head.bias"] == head)
  }

  @Test func `an encoder's state must be whole and hold nothing else`() {
    let target = store()
    let before = target.stateDict
    #expect(throws: WeightsError.misfit(Misfit(missing: ["bn1.running_mean"]))) {
      try target.loadEncoder(StateDict([torchvision[0]]))
    }
    #expect(throws: WeightsError.misfit(Misfit(unexpected: ["layer9.weight"]))) {
      try target.loadEncoder(StateDict(torchvision + [tensor("layer9.weight", Shape(1))]))
    }
    #expect(target.stateDict == before)
  }
}
