import Kernels

/// The parameters and statistics of a network, with the gradients of the trained ones.
///
/// Executors of several shapes share one store. Not `Sendable`: it lives on the thread of its run.
public final class ParameterStore {
  final class Entry {
    let shape: Shape
    let isTrained: Bool
    let values: Buffer
    private(set) lazy var gradient = Buffer(count: shape.count)

    init(_ declaration: Declaration) {
      shape = declaration.shape
      isTrained = declaration.isTrained
      values = Buffer(count: declaration.shape.count)
    }
  }

  /// Every path, in the order of declaration, running statistics included.
  public let paths: [Path]

  private var entries: [Path: Entry] = [:]

  /// Makes and initialises what the graph declares, drawing in the order of declaration.
  public init(for graph: Graph, using rng: inout some RandomNumberGenerator) {
    paths = graph.declarations.map(\.path)
    for declaration in graph.declarations {
      let entry = Entry(declaration)
      switch declaration.initializer {
      case .constant(let value): entry.values.fill(value)
      case .uniform(let bound):
        precondition(bound > 0, "'\(declaration.path)' starts within +-\(bound)")
        entry.values.copy(from: Self.uniform(entry.shape.count, within: bound, using: &rng))
      }
      entries[declaration.path] = entry
    }
  }

  /// Numbers of `-bound..<bound` on a grid of 2^24 steps, two a draw.
  ///
  /// Thirty times as fast as `Float.random` behind a generator that is not known here: AURA-net's 42
  /// million numbers took four seconds.
  private static func uniform(
    _ count: Int, within bound: Float, using rng: inout some RandomNumberGenerator
  ) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      let bits = rng.next()
      values.append((Float(bits >> 40) * 0x1p-23 - 1) * bound)
      values.append((Float((bits >> 8) & 0xff_ffff) * 0x1p-23 - 1) * bound)
    }
    if values.count > count { values.removeLast() }
    return values
  }

  /// The values of a parameter or statistic, in PyTorch's order.
  public subscript(path: Path) -> [Float] {
    get { entry(path).values.values }
    set { entry(path).values.copy(from: newValue) }
  }

  /// The extents of a parameter or statistic.
  public func shape(of path: Path) -> Shape { entry(path).shape }

  /// Whether the optimiser moves it.
  public func isTrained(_ path: Path) -> Bool { entry(path).isTrained }

  /// The gradient of a trained parameter from the last backward pass; zeros before the first.
  public func gradient(of path: Path) -> [Float] {
    let entry = entry(path)
    precondition(entry.isTrained, "'\(path)' is a statistic and has no gradient")
    return entry.gradient.values
  }

  func entry(_ path: Path) -> Entry {
    guard let entry = entries[path] else {
      preconditionFailure("no parameter '\(path)' in this store; was it made for another network?")
    }
    return entry
  }
}
