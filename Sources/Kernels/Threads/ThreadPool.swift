import CKernels
import Foundation
import Synchronization

/// The engine's threads: runs numbered tasks on a fixed number of threads, the caller's among them.
///
/// One pool serves a run: two on the same cores ruin each other, so whoever wants a parallel product calls
/// it from the tasks of this one.
public final class ThreadPool: Sendable {
  /// The number of threads that share the tasks, the caller's included.
  public let threads: Int

  private let crew: Crew

  /// Every core that is in use on this machine.
  public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Starts `threads - 1` threads that sleep until there is work; 1 or less is the caller alone.
  public init(threads: Int = ThreadPool.defaultThreads) {
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
  /// Allocates nothing. A task must not call `run` of the same pool.
  public func run(_ tasks: Int, _ body: (_ task: Int, _ worker: Int) -> Void) {
    guard threads > 1, tasks > 1 else {
      for task in 0..<max(0, tasks) { body(task, 0) }
      return
    }
    unsafe lend(body, to: Crew.perform, crew.handle, tasks: tasks)
  }

  /// Cuts `0..<count` into pieces of `grain` and runs `body(piece, range, worker)` for each.
  ///
  /// The pieces depend on `count` and `grain` alone, so sums kept by piece have the same bits for
  /// any number of threads.
  func runPieces(
    of count: Int, grain: Int, _ body: (_ piece: Int, _ range: Range<Int>, _ worker: Int) -> Void
  ) {
    run(ThreadPool.pieces(of: count, grain: grain)) { piece, worker in
      body(piece, piece * grain..<min(count, (piece + 1) * grain), worker)
    }
  }

  /// How many pieces of `grain` cover `count`.
  public static func pieces(of count: Int, grain: Int) -> Int { (count + grain - 1) / grain }
}

/// Calls `use(user, body, tasks)` with the closure in C's words; see `pool.c`.
@_silgen_name("ck_lend")
private func lend(
  _ body: (Int, Int) -> Void,
  to use: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<ck_closure>?, Int) -> Void,
  _ user: UnsafeMutableRawPointer, tasks: Int)

/// The waiting threads and the job they share.
///
/// Proof that unchecked sharing is sound. `turn` lets one caller in at a time, so there is one job.
/// `body` and `tasks` are written only by its caller, before `untaken` is stored with release, and read
/// only by a thread that has taken a task: one whose subtraction from `untaken`, with acquire, found
/// more than 0. Such a subtraction follows the store of the job in hand, whatever the thread believed
/// before: a late one finds 0 or less, or it takes a task of the next job as anybody may. Every number
/// is found once, so no two threads run one task. The caller leaves `perform` when `unfinished` is 0,
/// that is when every taken task has ended; nobody reads `body` after that, so neither the closure nor
/// what it borrows outlives the call, and release and acquire on `unfinished` order the tasks' writes
/// before the caller's reads. Sleep loses no call: who sleeps counts itself in, then looks for work,
/// and who brings work stores it, then looks for sleepers, all in one order; `isDismissed` is guarded
/// by `work`. That tasks write apart is each kernel's duty: they index disjoint rows, pieces or tiles by
/// their task number.
@safe
private final class Crew: @unchecked Sendable {
  /// How long a thread looks for work, or for the end of it, before it sleeps: longer than the pauses
  /// between the passes of a training step, too short to be felt by other programs.
  private static let patience = Duration.microseconds(40)

  private let turn = NSLock()
  private var body: UnsafePointer<ck_closure>?
  private var tasks = 0
  private let untaken = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)

  private let work = NSCondition()
  private let sleepers = Atomic<Int>(0)
  private var isDismissed = false
  private let end = NSCondition()
  private let isCallerAsleep = Atomic<Bool>(false)

  /// What stands for the crew in C.
  var handle: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

  /// Runs a job on the crew behind a handle.
  static let perform:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<ck_closure>?, Int) -> Void = {
      handle, body, tasks in
      guard let handle = unsafe handle else { return }
      let crew = unsafe Unmanaged<Crew>.fromOpaque(handle).takeUnretainedValue()
      unsafe crew.perform(body, tasks: tasks)
    }

  private func perform(_ body: UnsafePointer<ck_closure>?, tasks: Int) {
    turn.lock()
    defer { turn.unlock() }
    unsafe self.body = body
    self.tasks = tasks
    unfinished.store(tasks, ordering: .relaxed)
    untaken.store(tasks, ordering: .sequentiallyConsistent)
    wake(atMost: tasks - 1)
    share(as: 0)
    awaitEnd()
  }

  func serve(as worker: Int) {
    while true {
      share(as: worker)
      if Self.spin(until: { untaken.load(ordering: .relaxed) > 0 }) { continue }
      work.lock()
      sleepers.add(1, ordering: .sequentiallyConsistent)
      while untaken.load(ordering: .sequentiallyConsistent) <= 0 && !isDismissed { work.wait() }
      sleepers.subtract(1, ordering: .sequentiallyConsistent)
      let ends = isDismissed
      work.unlock()
      if ends { return }
    }
  }

  func dismiss() {
    work.lock()
    isDismissed = true
    work.broadcast()
    work.unlock()
  }

  /// Takes tasks until none is left.
  private func share(as worker: Int) {
    while untaken.load(ordering: .relaxed) > 0 {
      let left = untaken.subtract(1, ordering: .acquiring).oldValue
      guard left > 0 else { return }
      unsafe ck_call(body, tasks - left, worker)
      let others = unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue
      guard others == 0, isCallerAsleep.load(ordering: .sequentiallyConsistent) else { continue }
      end.lock()
      end.broadcast()
      end.unlock()
    }
  }

  private func wake(atMost count: Int) {
    let sleepers = sleepers.load(ordering: .sequentiallyConsistent)
    guard sleepers > 0 else { return }
    work.lock()
    if count >= sleepers {
      work.broadcast()
    } else {
      for _ in 0..<count { work.signal() }
    }
    work.unlock()
  }

  private func awaitEnd() {
    if Self.spin(until: { unfinished.load(ordering: .acquiring) == 0 }) { return }
    end.lock()
    isCallerAsleep.store(true, ordering: .sequentiallyConsistent)
    while unfinished.load(ordering: .sequentiallyConsistent) > 0 { end.wait() }
    isCallerAsleep.store(false, ordering: .sequentiallyConsistent)
    end.unlock()
  }

  /// Looks again and again for a moment; whether what was waited for has come.
  private static func spin(until hasCome: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    repeat {
      for _ in 0..<32 {
        if hasCome() { return true }
        ck_pause()
      }
    } while ContinuousClock.now - start < patience
    return false
  }
}
