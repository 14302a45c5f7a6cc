import Kernels

/// Memory that executors use in turns: as much as the largest of them needs, not as all together.
///
/// Training on batches of several sizes, and looking at validation images in between, takes an executor
/// for each shape, of which one runs at a time. When another takes its turn, the values and the loaded
/// inputs of the one before are lost. Not `Sendable`, as executors are not.
public final class WorkingMemory {
  /// The stretch of memory.
  private(set) var buffer = Buffer(count: 0)
  /// Whose values are in it.
  private(set) weak var holder: Executor?

  /// Starts with none.
  public init() {}

  /// Bytes that it holds.
  public var bytes: Int { buffer.count * 4 }

  /// Makes sure that there are as many floats; what was there before may be lost.
  func reserve(_ floats: Int) {
    if floats > buffer.count {
      holder?.endTurn()
      holder = nil
      buffer = Buffer(count: 0)
      buffer = Buffer(count: floats)
    }
  }

  /// Gives an executor its turn; whether it had it already.
  func take(by executor: Executor) -> Bool {
    if holder === executor { return true }
    holder?.endTurn()
    holder = executor
    return false
  }
}
