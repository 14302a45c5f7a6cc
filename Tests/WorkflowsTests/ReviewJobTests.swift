import Files
import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import WorkflowTesting

@testable import Workflows

/// What a review reads and scores of cells.
struct ReviewJobTests {
  private static let (a, b) = (ImageKey("a.png"), ImageKey("b.png"))

  /// A project whose second image has an accepted mask that tells no cells apart, and a run with predictions of
  /// both that are newer than its weights.
  private static func project(
    _ folder: TestFolder
  ) throws -> (store: ProjectStore, run: RunFolder) {
    for key in [a, b] { try folder.image(key.text, width: 32, height: 24) }
    let store = try ProjectStore.open(images: folder.url)
    for key in [a, b] {
      try store.decide(Decision(image: key, state: .accepted, time: 1), cells: ReviewedCells.truth)
    }
    try folder.write(MaskFile.encode(ReviewedCells.truth.mask), to: ".aura/masks/b.png.png")
    let run = try store.newOldRun()
    for key in [a, b] {
      try AtomicWrite.write(
        MaskFile.encode(ReviewedCells.predicted.mask), to: try run.predictionFile(of: key))
      try AtomicWrite.write(
        LabelFile.encode(ReviewedCells.predicted), to: try run.predictedCellsFile(of: key))
    }
    return (store, run)
  }

  @Test func `cells that were predicted are read where the accepted ones are told apart`() throws {
    let folder = try TestFolder()
    let (store, _) = try Self.project(folder)
    defer { store.close() }
    let job = try ReviewJob(store, threads: 1)
    let told = try job.read(Self.a)
    #expect(told.truth.cells == ReviewedCells.truth && told.cells == ReviewedCells.predicted)
    #expect(told.prediction == ReviewedCells.predicted.mask)
    let outcomes = CellOutcomes(
      CellOverlap(prediction: try #require(told.cells), truth: ReviewedCells.truth, unknown: nil))
    let kinds: [CellOutcome.Kind] = [.found, .missed, .extra, .split, .merged]
    #expect(kinds.map { outcomes.count(of: $0) } == [1, 1, 1, 1, 1])
    let plain = try job.read(Self.b)
    #expect(plain.truth.cells == nil && plain.cells == nil)
    #expect(plain.prediction == ReviewedCells.predicted.mask)
  }

  @Test func `cells are scored where they are told apart, and the run keeps the scores`() throws {
    let folder = try TestFolder()
    let (store, run) = try Self.project(folder)
    defer { store.close() }
    let (scores, notice) = try ReviewJob(store, threads: 1).scores(while: { true }) {
      Issue.record("\($0): \($1)")
    }
    #expect(notice == nil && scores.map(\.image) == [Self.a, Self.b])
    // Two of five and five are partners: the one that was found, and one of the merged.
    #expect(scores[0].scores[.averagePrecision50] == 0.25 && scores[0].scores[.cellF1] == 0.4)
    #expect(scores[1].scores[.averagePrecision50] == nil && scores[1].scores[.cellF1] == nil)
    #expect(scores[0].scores[.iou] == scores[1].scores[.iou])
    let kept = try run.scores()
    #expect(kept.map { $0.scores[.averagePrecision50] } == [0.25, nil])
  }

  @Test func `nothing more is scored once nobody waits for it`() throws {
    let folder = try TestFolder()
    let (store, _) = try Self.project(folder)
    defer { store.close() }
    var asked = 0
    let (scores, _) = try ReviewJob(store, threads: 1).scores {
      asked += 1
      return asked == 1
    } trouble: { _, _ in
    }
    #expect(scores.map(\.image) == [Self.a])
  }
}
