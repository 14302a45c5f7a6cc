import Autograd
import Basics
import Foundation

/// What a layer takes of a training step.
struct LayerTime: Codable, Equatable {
  var layer: String
  var op: String
  /// How it is computed, where there is a choice.
  var kernel: String?
  var forwardMilliseconds: Double
  var backwardMilliseconds: Double
  /// Thousand million operations a second, both phases together; 0 where none are counted.
  var gigaflops: Double
  /// Of the whole training step, 0...1.
  var share: Double

  /// Joins what the steps are with the medians of their times, in a training step of `seconds`; in the
  /// order of computation.
  ///
  /// What no layer took is the last row, the optimiser's.
  static func rows(
    _ steps: [ExecutionStep], _ times: StepTimes, step seconds: Double
  ) -> [LayerTime] {
    let rows = steps.enumerated().map { index, step in
      let forward = times.median(index, .forward)
      let backward = times.median(index, .backward)
      let flops =
        (forward > 0 ? step.forwardFlops : 0) + (backward > 0 ? step.backwardFlops : 0)
      return LayerTime(
        layer: step.layer, op: step.op, kernel: step.kernel, forwardMilliseconds: forward * 1e3,
        backwardMilliseconds: backward * 1e3,
        gigaflops: forward + backward > 0 ? flops / (forward + backward) * 1e-9 : 0,
        share: seconds > 0 ? (forward + backward) / seconds : 0)
    }
    let taken = rows.reduce(0) { $0 + ($1.forwardMilliseconds + $1.backwardMilliseconds) }
    let rest = max(0, seconds * 1e3 - taken)
    return rows + [
      LayerTime(
        layer: "(all)", op: "Adam and the rest", forwardMilliseconds: 0,
        backwardMilliseconds: rest, gigaflops: 0,
        share: seconds > 0 ? rest / (seconds * 1e3) : 0)
    ]
  }

  /// A line a layer under a heading, columns aligned.
  static func table(_ rows: [LayerTime]) -> String {
    let heading = ["layer", "op", "kernel", "forward", "backward", "GFLOP/s", "share"]
    let cells = rows.map { row in
      [
        row.layer, row.op, row.kernel ?? "",
        NumberText.decimal(row.forwardMilliseconds, digits: 2),
        NumberText.decimal(row.backwardMilliseconds, digits: 2),
        row.gigaflops > 0 ? NumberText.decimal(row.gigaflops, digits: 1) : "",
        NumberText.decimal(row.share * 100, digits: 1) + " %",
      ]
    }
    return TextColumns.text([heading] + cells, left: 3)
  }
}

/// Times every step of an executor, repetition by repetition.
final class StepTimes {
  /// Seconds by phase, step and repetition.
  private var seconds: [ExecutionPhase: [[Double]]]
  private let now: () -> Double

  /// Prepares for so many steps; `now` is the clock, in seconds.
  init(steps: Int, now: @escaping () -> Double) {
    self.now = now
    let none = [[Double]](repeating: [], count: steps)
    seconds = Dictionary(uniqueKeysWithValues: ExecutionPhase.allCases.map { ($0, none) })
  }

  /// Runs a step and notes its time: what an `Executor` is given as its `trace`.
  func time(_ step: Int, _ phase: ExecutionPhase, _ run: () -> Void) {
    let start = now()
    run()
    seconds[phase]?[step].append(now() - start)
  }

  /// Forgets what was timed, such as steps that warmed up.
  func forget() {
    seconds = seconds.mapValues { $0.map { _ in [] } }
  }

  /// The median of a step's times, in seconds; 0 where it did not run.
  func median(_ step: Int, _ phase: ExecutionPhase) -> Double {
    BenchmarkReport.median(seconds[phase]?[step] ?? [])
  }
}
