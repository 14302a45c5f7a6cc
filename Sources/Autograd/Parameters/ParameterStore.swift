public import Kernels

/// The parameters and statistics of a network, with the gradients of the trained ones.
///
/// All values lie in one stretch of memory, the trained ones first, and all gradients in another of the
/// same order, so that an optimiser's step is one pass. Executors of several shapes share one store. Not
/// `Sendable`: it lives on the thread of its run.
public final class ParameterStore {
  /// A parameter with its memory, in the order of the kernels: filters with their outputs together.
  struct Entry {
    let shape: Shape
    let isTrained: Bool
    private(set) var values: Buffer
    /// Where it starts among all values.
    let offset: Int
    private let filter: FilterLayout?

    init(_ declaration: Declaration, at offset: Int, in memory: Buffer) {
      shape = declaration.shape
      isTrained = declaration.isTrained
      self.offset = offset
      values = memory.slice(at: offset, count: declaration.shape.count)
      let extents = shape.extents
      filter =
        extents.count == 4
        ? FilterLayout(outputs: extents[0], inputs: extents[1], taps: extents[2] * extents[3]) : nil
    }

    /// Values of this shape in PyTorch's order.
    func ordered(_ buffer: Buffer) -> [Float] { filter?.values(of: buffer) ?? buffer.values }

    /// Puts values in PyTorch's order into memory of this shape.
    func load(_ values: [Float], into buffer: Buffer) {
      if let filter {
        filter.load(values, into: buffer)
      } else {
        buffer.copy(from: values)
      }
    }

    /// The same parameter in other memory that is laid out alike.
    func moved(to memory: Buffer) -> Entry {
      var entry = self
      entry.values = part(of: memory)
      return entry
    }

    /// This parameter's part of memory that is laid out as the values are.
    func part(of memory: Buffer) -> Buffer { memory.slice(at: offset, count: shape.count) }
  }

  /// Every path, in the order of declaration, running statistics included.
  public let paths: [Path]

  /// All values, with zeros between.
  private let values: Buffer
  /// The values of all trained parameters, with zeros between.
  let trainedValues: Buffer
  /// Their gradients.
  private(set) lazy var gradients = Buffer(count: trainedValues.count)

  private let entries: [Path: Entry]

  /// Makes and initialises what the graph declares, drawing in the order of declaration.
  public convenience init(for graph: Graph, using rng: inout some RandomNumberGenerator) {
    self.init(declaring: graph)
    for declaration in graph.declarations {
      guard case .uniform(let bound) = declaration.initializer else { continue }
      precondition(bound > 0, "'\(declaration.path)' starts within +-\(bound)")
      self[declaration.path] = Self.uniform(declaration.shape.count, within: bound, using: &rng)
    }
  }

  /// Makes what the graph declares with zero for all that is drawn: for weights that are loaded next,
  /// since drawing AURA-net's 42 million numbers takes longer than reading them.
  public init(declaring graph: Graph) {
    paths = graph.declarations.map(\.path)
    var offsets: [Path: Int] = [:]
    var (end, trained) = (0, 0)
    for isTrained in [true, false] {
      for declaration in graph.declarations where declaration.isTrained == isTrained {
        offsets[declaration.path] = end
        end += padded(declaration.shape.count)
      }
      if isTrained { trained = end }
    }
    let memory = Buffer(count: end)
    values = memory
    trainedValues = memory.slice(at: 0, count: trained)
    var entries: [Path: Entry] = [:]
    for declaration in graph.declarations {
      guard let offset = offsets[declaration.path] else { continue }
      let entry = Entry(declaration, at: offset, in: memory)
      if case .constant(let value) = declaration.initializer { entry.values.fill(value) }
      entries[declaration.path] = entry
    }
    self.entries = entries
  }

  /// Makes a store of the same network with the same values.
  public init(copyOf other: ParameterStore) {
    let memory = Buffer(count: other.values.count)
    memory.copy(from: other.values)
    paths = other.paths
    values = memory
    trainedValues = memory.slice(at: 0, count: other.trainedValues.count)
    entries = other.entries.mapValues { $0.moved(to: memory) }
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
    get { entry(path).ordered(entry(path).values) }
    set { entry(path).load(newValue, into: entry(path).values) }
  }

  /// Moves every parameter and statistic towards that of another store by a share of the way: a step of
  /// a running mean.
  ///
  /// - Precondition: both were made for the same network.
  public func move(towards other: ParameterStore, by share: Float, pool: ThreadPool) {
    precondition(paths == other.paths, "a mean of two networks")
    approachKernel(values, towards: other.values, by: share, pool: pool)
  }

  /// The extents of a parameter or statistic.
  public func shape(of path: Path) -> Shape { entry(path).shape }

  /// Whether the optimiser moves it.
  public func isTrained(_ path: Path) -> Bool { entry(path).isTrained }

  /// The gradient of a trained parameter from the last backward pass; zeros before the first.
  public func gradient(of path: Path) -> [Float] {
    let entry = entry(path)
    precondition(entry.isTrained, "'\(path)' is a statistic and has no gradient")
    return entry.ordered(entry.part(of: gradients))
  }

  func entry(_ path: Path) -> Entry {
    guard let entry = entries[path] else {
      preconditionFailure("no parameter '\(path)' in this store; was it made for another network?")
    }
    return entry
  }
}

/// Where numbers stopped being finite.
extension ParameterStore {
  /// The first parameter or statistic, in the order of declaration, with a value that is not a finite
  /// number, if any.
  public var firstNonFinite: Path? { paths.first { !isFinite(entry($0).values) } }

  /// The parameter whose gradient was the first in the last backward pass to hold a number that is not
  /// finite, if any: the last one declared, since that pass begins at the end of the network.
  public var firstNonFiniteGradient: Path? {
    paths.last { path in
      let entry = entry(path)
      return entry.isTrained && !isFinite(entry.part(of: gradients))
    }
  }

  /// Whether every gradient of the last backward pass is a finite number; costs a fortieth of a step of
  /// one small image, and less of larger ones.
  public var hasFiniteGradients: Bool { firstNonFiniteGradient == nil }
}
