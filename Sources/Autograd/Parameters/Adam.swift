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

/// Adam (Kingma & Ba 2015) as PyTorch has it, with its factors 0.9 and 0.999 and its epsilon of 1e-8:
/// bias-corrected, epsilon outside the corrected root.
public final class Adam {
  /// The step size; may be changed between steps.
  public var learningRate: Double

  private let parameters: ParameterStore
  private let pool: ThreadPool
  private let paths: [Path]
  private let stretches: [Stretch]
  private var count = 0
  private let first: Buffer
  private let second: Buffer

  /// Parameters side by side in memory that learn at the same share of the learning rate.
  private struct Stretch {
    let share: Double
    var range: Range<Int>
  }

  /// Makes an optimiser of the store's trained parameters, on the caller's thread unless given a pool.
  ///
  /// `rateShare` is the share of the learning rate at which a parameter learns, at least 0; with 0 it stays
  /// as it is, its moments too.
  public init(
    parameters: ParameterStore, learningRate: Double, pool: ThreadPool? = nil,
    rateShare: (Path) -> Double = { _ in 1 }
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.pool = pool ?? ThreadPool(threads: 1)
    paths = parameters.paths.filter { parameters.isTrained($0) }
    stretches = Self.stretches(of: paths, in: parameters, rateShare)
    first = Buffer(count: parameters.trainedValues.count)
    second = Buffer(count: parameters.trainedValues.count)
  }

  /// Moves every trained parameter by its gradient, in place.
  public func step() {
    count += 1
    for stretch in stretches where stretch.share > 0 {
      func part(_ memory: Buffer) -> Buffer {
        memory.slice(at: stretch.range.lowerBound, count: stretch.range.count)
      }
      adamKernel(
        part(parameters.trainedValues), gradient: part(parameters.gradients), first: part(first),
        second: part(second), step: count, learningRate: learningRate * stretch.share,
        beta1: 0.9, beta2: 0.999, epsilon: 1e-8, pool: pool)
    }
  }

  private static func stretches(
    of paths: [Path], in parameters: ParameterStore, _ rateShare: (Path) -> Double
  ) -> [Stretch] {
    var stretches: [Stretch] = []
    for path in paths {
      let share = rateShare(path)
      precondition(share >= 0 && share.isFinite, "'\(path)' learns at \(share) of the rate")
      let entry = parameters.entry(path)
      // The zeros that lie between two parameters move nowhere.
      let end = entry.offset + padded(entry.shape.count)
      if stretches.last?.share == share {
        let start = stretches[stretches.count - 1].range.lowerBound
        stretches[stretches.count - 1].range = start..<end
      } else {
        stretches.append(Stretch(share: share, range: entry.offset..<end))
      }
    }
    return stretches
  }

  /// The state, by value; setting one of another network traps with the parameter's name.
  public var state: AdamState {
    get { AdamState(step: count, first: ordered(first), second: ordered(second)) }
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
    Dictionary(
      uniqueKeysWithValues: paths.map { path in
        let entry = parameters.entry(path)
        return (path, entry.ordered(entry.part(of: moments)))
      })
  }
}
