import CAllocations
public import Kernels
import Synchronization

/// What some threads asked of the heap.
public struct AllocationCount: Equatable, Sendable, CustomStringConvertible {
  /// Blocks below the limit.
  public let small: Int
  /// Blocks of the limit and more.
  public let large: Int
  /// Bytes of the largest.
  public let largest: Int

  /// Whether blocks are counted on this system.
  public static var works: Bool { callocations_works() == 1 }

  /// Counts the blocks that `body` asks for, on the caller's thread and on all threads of a pool.
  ///
  /// Other threads, such as those of tests that run meanwhile, do not count.
  ///
  /// - Parameters:
  ///   - limit: Bytes from which a block is large.
  ///   - pool: Whose threads count besides the caller's.
  ///   - body: What is counted.
  public init(limit: Int = 1024, on pool: ThreadPool, of body: () -> Void) {
    let count = UnsafeMutablePointer<callocations_count>.allocate(capacity: 1)
    unsafe count.initialize(to: callocations_count())
    unsafe count.pointee.limit = limit
    // What the runtime makes when it is asked for the first time is not the body's.
    Self.onEveryThread(of: pool) {}
    Self.onEveryThread(of: pool) { unsafe callocations_watch(count) }
    body()
    Self.onEveryThread(of: pool) { callocations_watch(nil) }
    small = unsafe count.pointee.small
    large = unsafe count.pointee.large
    largest = unsafe count.pointee.largest
    unsafe count.deallocate()
  }

  /// For messages.
  public var description: String {
    "\(small) small blocks, \(large) large ones, the largest of \(largest) bytes"
  }

  /// A task for every thread, each of which waits for the others, so that none takes two.
  private static func onEveryThread(of pool: ThreadPool, _ body: () -> Void) {
    let missing = Atomic(pool.threads)
    pool.run(pool.threads) { _, _ in
      body()
      missing.subtract(1, ordering: .releasing)
      while missing.load(ordering: .acquiring) > 0 {}
    }
  }
}
