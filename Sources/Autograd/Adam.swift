public import Kernels

/// What an optimiser remembers between steps; saved in a checkpoint.
public struct AdamState: Equatable, Sendable {
  /// How many steps were taken.
  public var step: Int
  /// Running means of the gradients, by parameter.
  public var first: [Path: [Float]]
  /// Running means of the squared gradients, by parameter.
  public var second: [Path: [Float]]

  /// Makes a state.
  public init(step: Int, first: [Path: [Float]], second: [Path: [Float]]) {
    self.step = step
    self.first = first
    self.second = second
  }
}

/// Adam (Kingma & Ba 2015) as PyTorch has it: bias-corrected, epsilon outside the corrected root.
public final class Adam {
  /// The step size; may be changed between steps.
  public var learningRate: Double

  private let parameters: ParameterStore
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let pool: ThreadPool
  private let paths: [Path]
  private var count = 0
  private let first: Buffer
  private let second: Buffer

  /// Makes an optimiser of the store's trained parameters, on the caller's thread unless given a pool.
  public init(
    parameters: ParameterStore, learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, pool: ThreadPool? = nil
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.pool = pool ?? ThreadPool(threads: 1)
    paths = parameters.paths.filter { parameters.isTrained($0) }
    first = Buffer(count: parameters.trainedValues.count)
    second = Buffer(count: parameters.trainedValues.count)
  }

  /// Moves every trained parameter by its gradient, in place.
  public func step() {
    count += 1
    adamKernel(
      parameters.trainedValues, gradient: parameters.gradients, first: first, second: second,
      step: count, learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      pool: pool)
  }

  /// The state, by value; setting one of another network traps with the parameter's name.
  public var state: AdamState {
    get {
      AdamState(step: count, first: ordered(first), second: ordered(second))
    }
    set {
      count = newValue.step
      for path in paths {
        guard let m = newValue.first[path], let v = newValue.second[path] else {
          preconditionFailure("no moments of '\(path)' in this state")
        }
        let entry = parameters.entry(path)
        entry.load(m, into: entry.part(of: first))
        entry.load(v, into: entry.part(of: second))
      }
    }
  }

  /// Moments in PyTorch's order.
  private func ordered(_ moments: Buffer) -> [Path: [Float]] {
    var values: [Path: [Float]] = [:]
    for path in paths {
      let entry = parameters.entry(path)
      values[path] = entry.ordered(entry.part(of: moments))
    }
    return values
  }
}
