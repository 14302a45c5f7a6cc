import Autograd

/// Times every step of an executor, repetition by repetition.
final class StepTimes {
  /// Seconds by phase, step and repetition.
  private(set) var seconds: [ExecutionPhase: [[Double]]]
  private let now: () -> Double

  /// Prepares for so many steps; `now` is the clock, in seconds.
  init(steps: Int, now: @escaping () -> Double) {
    self.now = now
    seconds = Dictionary(
      uniqueKeysWithValues: ExecutionPhase.allCases.map {
        ($0, [[Double]](repeating: [], count: steps))
      })
  }

  /// Runs a step and notes its time: what an `Executor` is given as its `trace`.
  func time(_ step: Int, _ phase: ExecutionPhase, _ run: () -> Void) {
    let start = now()
    run()
    seconds[phase]?[step].append(now() - start)
  }

  /// Forgets what was timed, such as steps that warmed up.
  func forget() {
    for phase in ExecutionPhase.allCases {
      seconds[phase] = seconds[phase]?.map { _ in [] }
    }
  }

  /// The median of a step's times, in seconds; 0 where it did not run.
  func median(_ step: Int, _ phase: ExecutionPhase) -> Double {
    BenchmarkReport.median(seconds[phase]?[step] ?? [])
  }
}
