import Autograd
import Testing

@Suite struct OpGradientTests {
  private func picture(_ n: Int, _ c: Int, _ h: Int, _ w: Int, _ draw: Draw) -> CheckedInput {
    CheckedInput(shape: Shape(n, c, h, w), draw: draw)
  }

  private static let anything = Draw.range(-1...1)

  @Test(arguments: 0..<8) func `a convolution's gradients are its slopes`(seed: Int) {
    let settings = [
      (3, 1, 1, 1), (3, 2, 1, 1), (7, 2, 3, 1), (1, 1, 0, 1), (1, 2, 0, 1), (3, 1, 3, 3),
    ]
    for (kernel, stride, padding, dilation) in settings {
      checkGradients(
        seed: seed,
        [
          picture(2, 3, 7, 5, Self.anything), picture(5, 3, kernel, kernel, Self.anything),
          CheckedInput(shape: Shape(5), draw: Self.anything),
        ]
      ) { graph, x in
        graph.convolution(
          x[0], x[1], x[2], stride: stride, padding: padding, dilation: dilation)
      }
    }
  }

  @Test(arguments: 0..<8) func `a batch norm's gradients are its slopes`(seed: Int) {
    for mode in [Graph.Mode.training, .evaluation] {
      checkGradients(
        seed: seed, mode: mode,
        [
          picture(2, 3, 5, 7, Self.anything),
          CheckedInput(shape: Shape(3), draw: .clearOfZero),
          CheckedInput(shape: Shape(3), draw: Self.anything),
        ]
      ) { graph, x in
        let mean = graph.statistic("mean", Shape(3), .constant(0.2))
        let variance = graph.statistic("variance", Shape(3), .constant(0.7))
        return graph.batchNorm(
          x[0], weight: x[1], bias: x[2], runningMean: mean, runningVariance: variance)
      }
    }
  }

  @Test(arguments: 0..<8) func `a transposed convolution's gradients are its slopes`(seed: Int) {
    let settings = [(3, 2, 1, 1), (4, 2, 1, 0), (2, 2, 0, 0), (3, 1, 1, 0)]
    for (kernel, stride, padding, more) in settings {
      checkGradients(
        seed: seed,
        [
          picture(2, 5, 5, 7, Self.anything), picture(5, 3, kernel, kernel, Self.anything),
          CheckedInput(shape: Shape(3), draw: Self.anything),
        ]
      ) { graph, x in
        let y = graph.transposedConvolution(
          x[0], x[1], x[2], stride: stride, padding: padding, outputPadding: more)
        // A second use, so that a gradient is added to another.
        let thin = graph.transposedConvolution(x[0], x[1], stride: stride, padding: padding)
        return graph.weightedSum([(1, graph.dot(y, y)), (0.5, graph.dot(thin, thin))])
      }
    }
  }

  @Test(arguments: 0..<8) func `the gradients of elementwise ops are their slopes`(seed: Int) {
    checkGradients(seed: seed, [picture(2, 3, 5, 7, .clearOfZero)]) { $0.relu($1[0]) }
    checkGradients(seed: seed, [picture(2, 3, 5, 7, .range(-3...3))]) { $0.sigmoid($1[0]) }
    let two = [picture(2, 3, 5, 7, Self.anything), picture(2, 3, 5, 7, Self.anything)]
    checkGradients(seed: seed, two) { $0.add($1[0], $1[1]) }
    checkGradients(seed: seed, two) { $0.multiply($1[0], $1[1]) }
    checkGradients(seed: seed, two) { $0.weightedSum([(0.3, $1[0]), (-2, $1[1])]) }
    checkGradients(seed: seed, two) { $0.dot($1[0], $1[1]) }
    let gate = picture(2, 1, 5, 7, Self.anything)
    checkGradients(seed: seed, [gate, two[0]]) { $0.multiply($1[0], $1[1]) }
    for unwanted in 0..<2 {
      var factors = [gate, two[0]]
      factors[unwanted].isDifferentiable = false
      checkGradients(seed: seed, factors) { $0.multiply($1[0], $1[1]) }
    }
    // More channels than a vector has lanes.
    checkGradients(seed: seed, [picture(2, 19, 5, 7, Self.anything), gate]) {
      $0.multiply($1[0], $1[1])
    }
  }

  @Test(arguments: 0..<8) func `the gradients of ops that move pixels are their slopes`(seed: Int) {
    checkGradients(seed: seed, [picture(2, 3, 6, 5, .apart)]) {
      $0.maxPool($1[0], kernel: 2, stride: 2)
    }
    checkGradients(seed: seed, [picture(2, 3, 7, 5, .apart)]) {
      $0.maxPool($1[0], kernel: 3, stride: 2, padding: 1)
    }
    checkGradients(seed: seed, [picture(2, 3, 5, 7, Self.anything)]) { $0.upsample($1[0]) }
    for (height, width) in [(9, 8), (3, 20), (5, 7), (1, 1)] {
      checkGradients(seed: seed, [picture(2, 3, 5, 7, Self.anything)]) {
        $0.weightedSum([(1, $0.resize($1[0], height: height, width: width))])
      }
    }
    let three = [1, 3, 2].map { picture(2, $0, 5, 7, Self.anything) }
    checkGradients(seed: seed, three) { $0.concatenate($1) }
  }

  @Test(arguments: 0..<8) func `the gradients of losses are their slopes`(seed: Int) {
    let soft = CheckedInput(shape: Shape(2, 1, 5, 7), draw: .range(0...1), isDifferentiable: false)
    let mask = CheckedInput(shape: Shape(2, 1, 5, 7), draw: .mask, isDifferentiable: false)
    for target in [soft, mask] {
      checkGradients(seed: seed, [picture(2, 1, 5, 7, .range(-3...3)), target]) {
        $0.binaryCrossEntropy($1[0], $1[1])
      }
      checkGradients(seed: seed, [picture(2, 1, 5, 7, .range(0.1...0.9)), target]) {
        $0.diceLoss($1[0], $1[1])
      }
      checkGradients(seed: seed, [picture(2, 1, 5, 7, .range(0.1...0.9)), target]) {
        $0.regionArea($1[0], $1[1])
      }
    }
    checkGradients(seed: seed, [picture(2, 1, 5, 7, .slope)]) {
      $0.contourLength($1[0], epsilon: 1e-8)
    }
  }

  @Test(arguments: 0..<8) func `a value that is used often gathers all its gradients`(seed: Int) {
    checkGradients(
      seed: seed,
      [picture(2, 4, 6, 6, .apart), picture(4, 4, 3, 3, Self.anything)]
    ) { graph, x in
      let a = graph.convolution(x[0], x[1], padding: 1)
      let b = graph.convolution(a, x[1], padding: 2, dilation: 2)
      let half = graph.upsample(graph.maxPool(x[0], kernel: 2, stride: 2))
      let c = graph.concatenate([half, half])
      let d = graph.convolution(
        c, graph.parameter("w", Shape(4, 8, 1, 1), .uniform(bound: 0.5)))
      let gate = graph.sigmoid(
        graph.convolution(x[0], graph.parameter("g", Shape(1, 4, 1, 1), .uniform(bound: 0.5))))
      let thin = graph.parameter("t", Shape(4, 4, 3, 3), .uniform(bound: 0.5))
      let e = graph.multiply(
        graph.convolution(x[0], thin, stride: 2, padding: 1),
        graph.sigmoid(
          graph.maxPool(graph.add(x[0], x[0]), kernel: 3, stride: 2, padding: 1)))
      let f = graph.concatenate([graph.add(a, b), graph.multiply(gate, d), x[0]])
      return graph.weightedSum([
        (1, graph.dot(f, f)), (0.5, graph.dot(e, e)),
      ])
    }
  }
}
