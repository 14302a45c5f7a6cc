import Kernels
import TestSupport
import Testing

@testable import Autograd

/// The planner's graphs against the same graphs with nothing joined.
@Suite struct JoinedGraphTests {
  /// Roundings by which two orders of the same arithmetic may differ, on the scale of a gradient's length.
  ///
  /// Each of some twenty layers is a sum of up to a few hundred products, whose rounding grows as the root
  /// of their number, and Winograd's transforms multiply it. About 50 were seen at most.
  private static let roundings: Float = 200

  private struct Outcome {
    var values: [String: [Float]] = [:]
    var gradients: [String: [Float]] = [:]
  }

  private func outcome(
    _ mode: Graph.Mode, _ way: Sketch.Way, isTrained: Bool, side: Int, channels: Int,
    _ build: (inout Sketch, Value) -> [Value]
  ) -> Outcome {
    var sketch = Sketch(mode, way)
    let x = sketch.graph.input("x", Shape(2, channels, side, side), needsGradient: true)
    let outputs = build(&sketch, x)
    var terms: [(weight: Float, value: Value)] = []
    var upstream: [Value] = []
    for (index, output) in outputs.enumerated() {
      sketch.graph.keep(output)
      upstream.append(sketch.graph.input("up\(index)", sketch.graph.shape(of: output)))
      terms.append((0.5, sketch.graph.dot(output, upstream[index])))
    }
    let loss = sketch.graph.weightedSum(terms)
    var rng = SplitMix(seed: 11)
    let store = ParameterStore(for: sketch.graph, using: &rng)
    let executor = Executor(
      sketch.graph, parameters: store, pool: ThreadPool(threads: 2), loss: isTrained ? loss : nil)
    for input in [x] + upstream {
      executor.load(rng.floats(sketch.graph.shape(of: input).count), into: input)
    }
    executor.forward()
    var outcome = Outcome()
    for (index, output) in outputs.enumerated() {
      outcome.values["output \(index)"] = executor.values(of: output)
    }
    for path in store.paths where !store.isTrained(path) {
      outcome.values["\(path)"] = store[path]
    }
    guard isTrained else { return outcome }
    executor.backward()
    outcome.gradients["x"] = executor.gradient(of: x)
    for path in store.paths where store.isTrained(path) {
      outcome.gradients["\(path)"] = store.gradient(of: path)
    }
    return outcome
  }

  private func length(_ values: [Float]) -> Float {
    Float(values.map { Double($0) * Double($0) }.sum.squareRoot())
  }

  private func expectClose(
    _ some: [String: [Float]], _ others: [String: [Float]], _ comment: String,
    within roundings: Float, _ location: SourceLocation
  ) {
    #expect(some.keys == others.keys, sourceLocation: location)
    // A bias before a batch norm has no gradient: what is left there is rounding alone.
    let largest = others.values.map(length).max() ?? 0
    for (name, values) in some {
      guard let other = others[name], values.count == other.count else { continue }
      let distance = length(zip(values, other).map { $0 - $1 })
      let size = max(length(other), 0.01 * largest)
      #expect(
        distance <= roundings * Float.ulpOfOne * size,
        "\(name), \(comment): \(distance / size / Float.ulpOfOne) roundings",
        sourceLocation: location)
    }
  }

  private func expectTheSame(
    side: Int = 8, channels: Int = 3, within roundings: Float = Self.roundings,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ build: (inout Sketch, Value) -> [Value]
  ) {
    for (mode, isTrained) in [
      (Graph.Mode.training, true), (.evaluation, true), (.evaluation, false),
    ] {
      let outcomes = Sketch.Way.allCases.map {
        outcome(mode, $0, isTrained: isTrained, side: side, channels: channels, build)
      }
      for (way, other) in zip(Sketch.Way.allCases, outcomes).dropFirst() {
        let comment = "\(mode), \(isTrained ? "with" : "without") gradients, against \(way)"
        expectClose(
          outcomes[0].values, other.values, comment, within: roundings, sourceLocation)
        expectClose(
          outcomes[0].gradients, other.gradients, comment, within: roundings, sourceLocation)
      }
    }
  }

  @Test(arguments: [[16, 32], [5, 7], [17, 3]])
  func `a network of every block comes to the same`(widths: [Int]) {
    expectTheSame(side: 16) { sketch, x in
      let full = sketch.doubleConv(x, widths[0])
      let half = sketch.doubleConv(sketch.pool(full), widths[1])
      let down = sketch.basicBlock(half, widths[1])
      let up = sketch.block(sketch.upsample(down), widths[0])
      let gated = sketch.gate(half, up, widths[0])
      let merged = sketch.doubleConv(sketch.concatenate([gated, up]), widths[1])
      let top = sketch.block(sketch.upsample(merged), widths[0])
      let last = sketch.doubleConv(sketch.concatenate([full, top]), widths[0])
      let plain = sketch.relu(sketch.convolution(last, widths[1]))
      return [sketch.convolution(plain, 1, kernel: 1), merged]
    }
  }

  @Test func `a part of a concatenation may be read before it and after it`() {
    expectTheSame { sketch, x in
      let a = sketch.block(x, 16)
      let b = sketch.block(a, 5)
      return [sketch.block(sketch.concatenate([a, b]), 4), sketch.pool(b)]
    }
    expectTheSame { sketch, x in
      let (a, b) = (sketch.block(x, 16), sketch.convolution(x, 16))
      let joined = sketch.block(sketch.concatenate([a, b]), 16)
      return [sketch.add(joined, a), sketch.block(b, 3)]
    }
    expectTheSame { sketch, x in
      let (a, b) = (sketch.block(x, 16), sketch.convolution(x, 16))
      let sum = sketch.relu(sketch.add(a, b))
      let joined = sketch.concatenate([b, sketch.pool(sketch.upsample(sum)), a])
      return [sketch.block(joined, 7)]
    }
  }

  @Test func `a value may be a part twice, or of two concatenations`() {
    expectTheSame { sketch, x in
      let a = sketch.block(x, 16)
      return [sketch.block(sketch.concatenate([a, a]), 4)]
    }
    expectTheSame { sketch, x in
      let (a, b) = (sketch.block(x, 16), sketch.block(x, 3))
      let first = sketch.concatenate([a, b])
      let second = sketch.concatenate([b, a])
      return [sketch.block(first, 4), sketch.block(second, 4)]
    }
  }

  @Test func `an input may be a part`() {
    expectTheSame { sketch, x in
      let a = sketch.block(x, 16)
      return [sketch.block(sketch.concatenate([x, a]), 4)]
    }
  }

  @Test func `a concatenation may be a part`() {
    expectTheSame { sketch, x in
      let (a, b, c) = (sketch.block(x, 16), sketch.convolution(x, 3), sketch.block(x, 5))
      let inner = sketch.concatenate([a, b])
      return [sketch.block(sketch.concatenate([c, inner]), 4), sketch.block(inner, 3)]
    }
  }

  @Test func `a part may have one channel, and be the only one`() {
    expectTheSame { sketch, x in
      let (thin, wide) = (sketch.convolution(x, 1), sketch.block(x, 16))
      return [sketch.block(sketch.concatenate([thin, wide]), 4), thin]
    }
    expectTheSame { sketch, x in
      let thin = sketch.block(x, 1)
      let gated = sketch.multiply(sketch.block(x, 6), thin)
      return [sketch.block(sketch.concatenate([gated, thin]), 4)]
    }
    expectTheSame { sketch, x in
      let a = sketch.block(x, 16)
      return [sketch.block(sketch.concatenate([a]), 4)]
    }
  }

  @Test func `parts that wait for their activation stand beside others`() {
    expectTheSame(side: 12) { sketch, x in
      let (a, b) = (sketch.norm(sketch.convolution(x, 5)), sketch.convolution(x, 6))
      let (c, d) = (sketch.relu(sketch.convolution(x, 7)), sketch.block(x, 16))
      let joined = sketch.concatenate([a, b, c, d])
      let small = sketch.pool(joined)
      return [sketch.block(joined, 4), sketch.relu(sketch.add(joined, joined)), small]
    }
  }

  @Test func `parts may reach the loss where the concatenation does not`() {
    expectTheSame { sketch, x in
      let (a, b) = (sketch.block(x, 16), sketch.block(x, 3))
      let result = [sketch.block(a, 4), sketch.block(b, 4)]
      _ = sketch.block(sketch.concatenate([a, b]), 4)
      return result
    }
  }

  @Test func `values that are asked for are given activated`() {
    expectTheSame { sketch, x in
      let (a, b) = (sketch.block(x, 5), sketch.block(x, 16))
      let joined = sketch.concatenate([a, b])
      return [a, joined, sketch.block(joined, 4)]
    }
  }

  @Test(arguments: 0..<60) func `any graph comes to the same`(seed: Int) {
    // A value near 0 may fall on either side of a ReLU's kink: a wrong plan is further off than that.
    expectTheSame(within: 1e5) { sketch, x in
      var rng = SplitMix(seed: seed)
      var values = [x]
      for _ in 0..<Int.random(in: 4...12, using: &rng) {
        let a = values[Int.random(in: 0..<values.count, using: &rng)]
        let b = values[Int.random(in: 0..<values.count, using: &rng)]
        let (wide, deep) = (sketch.graph.shape(of: a).channels, sketch.graph.shape(of: b).channels)
        let channels = [1, 3, 16, 16, 19].randomElement(using: &rng) ?? 16
        switch Int.random(in: 0..<12, using: &rng) {
        case 0...2: values.append(sketch.block(a, channels))
        case 3: values.append(sketch.convolution(a, channels))
        case 4: values.append(sketch.norm(sketch.convolution(a, channels, kernel: 1)))
        case 5: values.append(sketch.relu(a))
        case 6 where wide == deep: values.append(sketch.relu(sketch.add(a, b)))
        case 6...7: values.append(sketch.multiply(a, sketch.convolution(b, 1, kernel: 1)))
        case 8...9 where wide + deep < 60: values.append(sketch.concatenate([a, b]))
        case 10: values.append(sketch.block(sketch.upsample(sketch.pool(a)), channels))
        default: values.append(sketch.add(a, a))
        }
      }
      return [sketch.convolution(values[values.count - 1], 2), sketch.block(values[1], 3)]
    }
  }
}
