import COpenBLAS
import Foundation
import Synchronization

/// The engine's threads: runs numbered tasks on a fixed number of threads, the caller's among them.
///
/// One pool serves a run. OpenBLAS is held at one thread, since two pools on the same cores ruin each
/// other: whoever wants a parallel product calls it from the tasks of this pool.
public final class ThreadPool: Sendable {
  /// The number of threads that share the tasks, the caller's included.
  public let threads: Int

  private let crew: Crew

  /// Every core that is in use on this machine.
  public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Done once in the program's life: OpenBLAS forbids it while another thread multiplies.
  private static let holdOpenBLAS: Void = openblas_set_num_threads(1)

  /// Starts `threads - 1` threads that sleep until there is work; 1 or less is the caller alone.
  public init(threads: Int = ThreadPool.defaultThreads) {
    ThreadPool.holdOpenBLAS
    self.threads = max(1, threads)
    crew = Crew()
    for worker in 1..<max(2, threads) where threads > 1 {
      let thread = Thread { [crew] in crew.serve(as: worker) }
      thread.stackSize = 4 << 20
      thread.name = "aura.engine.\(worker)"
      thread.start()
    }
  }

  deinit { crew.dismiss() }

  /// Runs `body(task, worker)` for every task in `0..<tasks` and returns when all have ended.
  ///
  /// Which thread takes which task is left to chance, so a task must not depend on its worker: the
  /// worker's number (below `threads`) only picks private scratch memory. Tasks must write apart.
  public func run(_ tasks: Int, _ body: (_ task: Int, _ worker: Int) -> Void) {
    guard threads > 1, tasks > 1 else {
      for task in 0..<max(0, tasks) { body(task, 0) }
      return
    }
    withoutActuallyEscaping(body) { crew.perform(tasks: tasks, helpers: threads - 1, body: $0) }
  }

  /// Cuts `0..<count` into pieces of `grain` and runs `body(piece, range, worker)` for each.
  ///
  /// The pieces depend on `count` and `grain` alone, so sums kept by piece have the same bits for
  /// any number of threads.
  public func runPieces(
    of count: Int, grain: Int, _ body: (_ piece: Int, _ range: Range<Int>, _ worker: Int) -> Void
  ) {
    run(ThreadPool.pieces(of: count, grain: grain)) { piece, worker in
      body(piece, piece * grain..<min(count, (piece + 1) * grain), worker)
    }
  }

  /// How many pieces of `grain` cover `count`.
  public static func pieces(of count: Int, grain: Int) -> Int { (count + grain - 1) / grain }
}

/// The sleeping threads and the job they share.
///
/// Proof that unchecked sharing is sound: `job`, `generation`, `busy` and `isDismissed` are read and
/// written only between `condition.lock()` and `condition.unlock()`. `next` is atomic and hands out
/// every task number once, so no two threads run one task. `perform` sets the job while no helper is
/// busy (`turn` lets one caller in at a time) and returns only after every helper has reported that
/// it has dropped its copy of the closure, so neither the closure nor what it borrows outlives the
/// call, and the condition's lock orders a task's writes before the caller's reads. That tasks write
/// apart is each kernel's duty: they index disjoint rows, pieces or tiles by their task number.
private final class Crew: @unchecked Sendable {
  private struct Job {
    let tasks: Int
    let body: (Int, Int) -> Void
  }

  private let condition = NSCondition()
  private let turn = NSLock()
  private let next = Atomic<Int>(0)
  private var job: Job?
  private var generation = 0
  private var busy = 0
  private var isDismissed = false

  func perform(tasks: Int, helpers: Int, body: @escaping (Int, Int) -> Void) {
    turn.lock()
    defer { turn.unlock() }
    condition.lock()
    job = Job(tasks: tasks, body: body)
    next.store(0, ordering: .relaxed)
    busy = helpers
    generation += 1
    condition.broadcast()
    condition.unlock()
    share(as: 0)
    condition.lock()
    while busy > 0 { condition.wait() }
    job = nil
    condition.unlock()
  }

  func serve(as worker: Int) {
    var seen = 0
    while true {
      condition.lock()
      while generation == seen && !isDismissed { condition.wait() }
      seen = generation
      let ends = isDismissed
      condition.unlock()
      if ends { return }
      share(as: worker)
      condition.lock()
      busy -= 1
      if busy == 0 { condition.broadcast() }
      condition.unlock()
    }
  }

  func dismiss() {
    condition.lock()
    isDismissed = true
    condition.broadcast()
    condition.unlock()
  }

  /// Takes tasks until none is left; its copy of the job ends with it.
  @inline(never)
  private func share(as worker: Int) {
    condition.lock()
    let current = job
    condition.unlock()
    guard let current else { return }
    while true {
      let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard task < current.tasks else { return }
      current.body(task, worker)
    }
  }
}
