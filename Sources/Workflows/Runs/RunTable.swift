import Basics
import Foundation
public import Project
import Recipes

/// The runs of a project, a row each, oldest first.
public struct RunTable: Encodable {
  private struct Row: Encodable {
    let name: String
    /// When, for scripts and for people.
    let begun: String?
    private let shownTime: String
    let network: String?
    let size: Int?
    let epochs: Int
    let weights: Bool
    let checkpoint: Bool
    let bytes: Int
    /// What it reaches on labels that it has not learnt from.
    let crossValidation: CrossValidation?

    private enum CodingKeys: CodingKey {
      case name, begun, network, size, epochs, weights, checkpoint, bytes, crossValidation
    }

    init(_ run: RunFolder) {
      let recipe = try? run.recipe()
      let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current)
        .year().month().day().time(includingFractionalSeconds: false)
      (name, bytes) = (run.id, run.bytes)
      (begun, shownTime) = (run.begun?.formatted(.iso8601), run.begun?.formatted(style) ?? "-")
      (network, size) = (recipe?.architecture.rawValue, recipe?.size)
      epochs = (try? run.history().count) ?? 0
      (weights, checkpoint) = (run.hasWeights, run.checkpointBytes > 0)
      crossValidation = run.crossValidation.flatMap { $0.isComplete ? $0 : nil }
    }

    var cells: [String] {
      [
        name, shownTime, network ?? "-", size.map { String($0) } ?? "-", String(epochs),
        weights ? "yes" : "no", checkpoint ? "yes" : "no", NumberText.bytes(Double(bytes)),
        crossValidation?.iouText ?? "-",
      ]
    }
  }

  private let runs: [Row]
  private let bytes: Int
  private let checkpointBytes: Int
  /// A line for people on all of them.
  public let total: String

  private enum CodingKeys: CodingKey { case runs, bytes, checkpointBytes }

  /// Looks through the runs of a project.
  public init(_ store: ProjectStore) {
    let onDisk = store.runsOnDisk
    runs = store.runs.map(Row.init)
    (bytes, checkpointBytes, total) = (onDisk.bytes, onDisk.checkpointBytes, onDisk.text)
  }

  /// A line a run, and one on all of them.
  public var text: String {
    let heading = [
      "run", "begun", "network", "size", "epochs", "weights", "checkpoint", "disk", "IoU (95 %)",
    ]
    let rows = runs.isEmpty ? [] : [heading] + runs.map(\.cells)
    return TextColumns.text(rows, left: 3) + total + "\n"
  }
}

extension ProjectStore {
  /// Removes a run by its name; the newest with weights only where told to.
  ///
  /// - Returns: the bytes that were freed.
  /// - Throws: `WorkflowError` where there is no such run or it is the newest with weights,
  ///   `ProjectError` where it is going on or cannot be removed.
  public func removeRun(_ name: String, evenNewest: Bool) throws -> Int {
    guard let run = runs.first(where: { $0.id == name }) else {
      throw WorkflowError.noRun(name, project: folder.path)
    }
    guard evenNewest || run != newestRunWithWeights else {
      throw WorkflowError.newestWeights(run: name)
    }
    return try remove(run)
  }
}
