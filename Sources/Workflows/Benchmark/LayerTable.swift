import Basics
import Autograd
import Foundation

/// What each layer takes of a training step, in the order of computation.
///
/// In JSON it is the array of its rows.
struct LayerTable: Codable, Equatable {
  /// One layer.
  struct Row: Codable, Equatable {
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
  }

  var rows: [Row]

  /// Joins what the steps are with the medians of their times, in a training step of `seconds`.
  ///
  /// What no layer took is the last row, the optimiser's.
  init(_ steps: [ExecutionStep], _ times: StepTimes, step seconds: Double) {
    rows = steps.enumerated().map { index, step in
      let forward = times.median(index, .forward)
      let backward = times.median(index, .backward)
      let flops =
        (forward > 0 ? step.forwardFlops : 0) + (backward > 0 ? step.backwardFlops : 0)
      return Row(
        layer: step.layer, op: step.op, kernel: step.kernel, forwardMilliseconds: forward * 1e3,
        backwardMilliseconds: backward * 1e3,
        gigaflops: forward + backward > 0 ? flops / (forward + backward) * 1e-9 : 0,
        share: seconds > 0 ? (forward + backward) / seconds : 0)
    }
    let rest = max(0, seconds * 1e3 - rows.reduce(0) { $0 + $1.milliseconds })
    rows.append(
      Row(
        layer: "(all)", op: "Adam and the rest", forwardMilliseconds: 0,
        backwardMilliseconds: rest, gigaflops: 0,
        share: seconds > 0 ? rest / (seconds * 1e3) : 0))
  }

  init(from decoder: any Decoder) throws {
    rows = try decoder.singleValueContainer().decode([Row].self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rows)
  }

  /// A line a layer under a heading, columns aligned.
  var text: String {
    let heading = ["layer", "op", "kernel", "forward", "backward", "GFLOP/s", "share"]
    return TextColumns.text([heading] + rows.map(\.cells), left: 3)
  }
}

extension LayerTable.Row {
  /// Both phases.
  fileprivate var milliseconds: Double { forwardMilliseconds + backwardMilliseconds }

  fileprivate var cells: [String] {
    [
      layer, op, kernel ?? "", NumberText.decimal(forwardMilliseconds, digits: 2),
      NumberText.decimal(backwardMilliseconds, digits: 2),
      gigaflops > 0 ? NumberText.decimal(gigaflops, digits: 1) : "",
      NumberText.decimal(share * 100, digits: 1) + " %",
    ]
  }
}
