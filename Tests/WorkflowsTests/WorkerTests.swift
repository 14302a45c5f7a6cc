import Dispatch
import Foundation
import Kernels
import Recipes
import Synchronization
import Testing

@testable import Workflows

struct WorkerTests {
  @Test func `jobs are done in order and the thread ends`() {
    let worker = Worker(name: "test")
    let order = Recorder()
    for number in 0..<20 { worker.perform { order.add(number) } }
    let last = DispatchSemaphore(value: 0)
    worker.perform { last.signal() }
    last.wait()
    #expect(order.numbers == Array(0..<20))
    #expect(worker.close(waiting: 10))
  }

  @Test func `what waits is dropped when the worker closes`() {
    let worker = Worker(name: "test")
    let (started, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let order = Recorder()
    worker.perform {
      started.signal()
      goOn.wait()
      order.add(1)
    }
    worker.perform { order.add(2) }
    started.wait()
    #expect(!worker.close(waiting: 0.01), "the job in hand is still going on")
    goOn.signal()
    #expect(worker.close(waiting: 10))
    #expect(order.numbers == [1])
  }

  #if os(Linux)
    /// Of the calling thread.
    private static var niceness: Int {
      Int(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))
    }

    @Test func `the engine's threads of a worker that stands back stand back as well`() {
      let worker = Worker(name: "test", niceness: 10)
      let order = Recorder()
      let done = DispatchSemaphore(value: 0)
      worker.perform {
        order.add(Self.niceness)
        // As a run does: a thread of its own, with a pool.
        let thread = Thread {
          let missing = Atomic(3)
          ThreadPool(threads: 3).run(3) { _, _ in
            order.add(Self.niceness)
            missing.subtract(1, ordering: .relaxed)
            while missing.load(ordering: .relaxed) > 0 { sched_yield() }
          }
          done.signal()
        }
        thread.start()
      }
      done.wait()
      let first = order.numbers.first ?? 0
      #expect(first >= 10 && order.numbers == Array(repeating: first, count: 4))
      #expect(worker.close(waiting: 10))
    }
  #endif
}

private final class Recorder: Sendable {
  private let kept = Mutex<[Int]>([])

  var numbers: [Int] { kept.withLock { $0 } }

  func add(_ number: Int) { kept.withLock { $0.append(number) } }
}
