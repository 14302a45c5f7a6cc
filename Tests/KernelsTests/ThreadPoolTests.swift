import AllocationTesting
import Foundation
@testable import Kernels
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 5]) func `every task runs once on a worker of the pool`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for tasks in [0, 1, 2, 7, 100] {
      let runs = Mutex([Int](repeating: 0, count: tasks))
      pool.run(tasks) { task, worker in
        #expect(worker >= 0 && worker < threads)
        runs.withLock { $0[task] += 1 }
      }
      #expect(runs.withLock { $0 } == [Int](repeating: 1, count: tasks))
    }
  }

  @Test func `pieces cover a range once`() {
    let pool = ThreadPool(threads: 3)
    for (count, grain) in [(0, 4), (1, 4), (4, 4), (5, 4), (100, 7)] {
      let seen = Mutex([Int](repeating: 0, count: count))
      pool.runPieces(of: count, grain: grain) { piece, range, _ in
        #expect(range.lowerBound == piece * grain)
        for index in range { seen.withLock { $0[index] += 1 } }
      }
      #expect(seen.withLock { $0 } == [Int](repeating: 1, count: count))
    }
  }

  @Test func `callers on several threads take turns`() {
    let pool = ThreadPool(threads: 2)
    let total = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { caller in
      for _ in 0..<50 {
        pool.run(4) { task, _ in
          // Gives way to the other callers in the middle of a run.
          sched_yield()
          total.wrappingAdd(caller * 4 + task, ordering: .relaxed)
        }
      }
    }
    #expect(total.load(ordering: .relaxed) == 50 * (0..<32).reduce(0, +))
  }

  @Test func `a run after any pause is done when it returns`() {
    let pool = ThreadPool(threads: 4)
    for round in 0..<300 {
      // Now at once, now when the threads are about to sleep, now when they sleep.
      let start = ContinuousClock.now
      while ContinuousClock.now - start < .microseconds(round % 3 * 40) {}
      let results = Buffer(count: 9)
      pool.run(9) { task, _ in results[task] = Float(round + task) }
      #expect(results.values == (0..<9).map { Float(round + $0) })
    }
  }

  @Test(.enabled(if: AllocationCount.works), arguments: [1, 2, 4])
  func `a run allocates nothing`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let sums = Buffer(count: 64)
    let count = AllocationCount(on: pool) {
      for _ in 0..<50 {
        pool.run(16) { task, _ in sums[task] += 1 }
        pool.runPieces(of: 64, grain: 4) { _, range, _ in for index in range { sums[index] += 1 } }
      }
    }
    #expect(count.small == 0 && count.large == 0, "\(count)")
    #expect(sums[0] == 100 && sums[63] == 50)
  }

  @Test(.enabled(if: AllocationCount.works)) func `what a pool's threads allocate is counted`() {
    let pool = ThreadPool(threads: 3)
    let count = AllocationCount(limit: 1000, on: pool) {
      pool.run(10) { task, _ in _ = Buffer(count: task < 6 ? 1000 : 100) }
    }
    #expect(count.large == 6 && count.largest >= 4000, "\(count)")
    #expect(count.small >= 4, "\(count)")
  }

  @Test func `a pool of no threads is the caller alone`() {
    #expect(ThreadPool(threads: 0).threads == 1)
  }

  @Test func `the engine says what it runs on`() {
    #expect(EngineInfo.blasName.hasPrefix("OpenBLAS"))
    #expect(!EngineInfo.blasCore.isEmpty)
    #expect(["avx512", "avx2", "neon", "plain"].contains { EngineInfo.simdPath.hasPrefix($0) })
    #expect(ThreadPool.defaultThreads >= 1)
  }
}
