import Kernels
import Testing

@testable import Autograd

@Suite struct LoweringTests {
  private func lowered(
    _ mode: Graph.Mode = .training, isTrained: Bool = true, way: Sketch.Way = .joined,
    _ build: (inout Sketch, Value) -> Void
  ) -> Lowering {
    var sketch = Sketch(mode, way)
    let x = sketch.graph.input("x", Shape(2, 16, 16, 16))
    build(&sketch, x)
    return Lowering(sketch.graph, loss: isTrained ? sketch.graph.nodes.last?.output : nil)
  }

  private func names(_ lowering: Lowering) -> [String] { lowering.nodes.map(\.step.name) }

  @Test func `a convolution takes in its batch norm and its ReLU`() throws {
    let lowering = lowered { sketch, x in
      let y = sketch.block(x, 16)
      _ = sketch.convolution(y, 8)
    }
    #expect(names(lowering) == ["Convolution", "Convolution"])
    let first = try #require(lowering.nodes.first?.step as? ConvolutionStep)
    #expect(first.norm?.treatment == .deferred && first.hasReLU)
    #expect(lowering.nodes[0].inputs.count == 7)
    #expect(lowering.nodes[1].inputs[0] == lowering.nodes[0].output)
  }

  @Test func `running statistics are folded where no gradient is asked for`() throws {
    for (isTrained, expected) in [
      (false, ConvolutionStep.Treatment.folded), (true, .deferred),
    ] {
      let lowering = lowered(.evaluation, isTrained: isTrained) { sketch, x in
        let y = sketch.block(x, 16)
        _ = sketch.convolution(y, 8)
      }
      #expect((lowering.nodes[0].step as? ConvolutionStep)?.norm?.treatment == expected)
    }
  }

  @Test func `a batch norm is applied at once if a reader cannot`() {
    let lowering = lowered { sketch, x in
      let y = sketch.block(x, 16)
      _ = sketch.convolution(y, 8)
      _ = sketch.sigmoid(y)
    }
    #expect((lowering.nodes[0].step as? ConvolutionStep)?.norm?.treatment == .applied)
  }

  @Test func `a convolution takes in the doubling in front of it where its kernels can`() {
    let lowering = lowered { sketch, x in
      let y = sketch.upsample(x)
      _ = sketch.block(y, 16)
    }
    // OpenBLAS sees no doubled pictures.
    let canJoin = !EngineInfo.simdPath.contains("OpenBLAS")
    #expect(names(lowering) == (canJoin ? ["Convolution"] : ["UpsampleNearest", "Convolution"]))
    #expect((lowering.nodes.last?.step as? ConvolutionStep)?.sizes.upsamples == canJoin)
    #expect(lowering.nodes[0].inputs[0] == Value(index: 0))
  }

  @Test func `a sum takes in its ReLU, and a factor a pixel becomes a gate`() {
    let lowering = lowered { sketch, x in
      let sum = sketch.relu(sketch.add(x, x))
      _ = sketch.multiply(sum, sketch.convolution(x, 1))
    }
    #expect(names(lowering) == ["Add", "Convolution", "Gate"])
    #expect((lowering.nodes[0].step as? Add)?.hasReLU == true)
    #expect(lowering.nodes[2].inputs == [lowering.nodes[1].output, lowering.nodes[0].output])
  }

  @Test func `nothing is joined across a value that is kept`() {
    let lowering = lowered(way: .kept) { sketch, x in
      let y = sketch.relu(sketch.add(x, x))
      _ = sketch.block(sketch.upsample(y), 16)
    }
    #expect(
      names(lowering) == ["Add", "ReLU", "UpsampleNearest", "Convolution", "BatchNorm", "ReLU"])
  }

  @Test func `nothing is joined across a value that two nodes read`() {
    let lowering = lowered { sketch, x in
      let doubled = sketch.upsample(x)
      let z = sketch.convolution(doubled, 16)
      let normed = sketch.norm(z)
      let sum = sketch.add(z, doubled)
      let y = sketch.relu(normed)
      _ = sketch.add(sketch.relu(sum), sketch.add(sum, sketch.add(normed, y)))
    }
    #expect(
      names(lowering) == [
        "UpsampleNearest", "Convolution", "BatchNorm", "Add", "ReLU", "ReLU", "Add", "Add", "Add",
      ])
  }

  @Test func `nothing is joined across the loss`() {
    var graph = Graph(mode: .training)
    let x = graph.input("x", Shape(1, 1, 1, 1), needsGradient: true)
    let loss = graph.add(x, x)
    _ = graph.relu(loss)
    let plan = MemoryPlan(graph, loss: loss, threads: 1, freezes: false)
    #expect(plan.nodes.map(\.step.name) == ["Add", "ReLU"])
  }

  @Test func `a batch norm waits for factors that are computed after its convolution`() {
    let lowering = lowered { sketch, x in
      let z = sketch.convolution(x, 16)
      let one = sketch.graph.parameter("one", Shape(16), .constant(1))
      let two = sketch.graph.add(one, one)
      let zero = sketch.graph.statistic("zero", Shape(16), .constant(0))
      _ = sketch.graph.batchNorm(z, weight: two, bias: one, runningMean: zero, runningVariance: one)
    }
    #expect(names(lowering) == ["Convolution", "Add", "BatchNorm"])
  }
}
