import Foundation
import Kernels
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

  @Test func `a pool of no threads is the caller alone`() {
    #expect(ThreadPool(threads: 0).threads == 1)
  }

  @Test func `the engine says what it runs on`() {
    #expect(EngineInfo.blasName.hasPrefix("OpenBLAS"))
    #expect(!EngineInfo.blasCore.isEmpty)
    #expect(["avx512", "avx2", "plain"].contains(EngineInfo.simdPath))
    #expect(EngineInfo.defaultThreads >= 1)
  }
}
