@testable import Imaging
import TestSupport
import Testing

@Suite("What became of each cell")
struct CellOutcomesTests {
  private func outcomes(_ prediction: LabelImage, _ truth: LabelImage) -> CellOutcomes {
    CellOutcomes(CellOverlap(prediction: prediction, truth: truth))
  }

  @Test("All five things that can become of cells, with partners and what they are made of")
  func allKinds() {
    let truth = labels(
      "1111.2222....33.44.", "1111.2222....33.44.", "......55...........")
    let prediction = labels(
      "1111.6677..8.99999.", "1111.6677....99999.", "...................")
    let found = outcomes(prediction, truth)
    #expect(
      found.kinds(of: .truth) == [1: .found, 2: .split, 3: .merged, 4: .merged, 5: .missed])
    #expect(
      found.kinds(of: .prediction) == [1: .found, 6: .split, 7: .split, 8: .extra, 9: .merged])
    #expect(found.truth.map(\.others) == [[], [6, 7], [9], [9], []])
    #expect(found.prediction.map(\.others) == [[], [2], [2], [], [3, 4]])
    #expect(found.truth[0].partner == found.prediction[0].partner)
    #expect(found.truth[0].partner?.iou == 1)
    // Just halves: the first in reading order is the partner.
    #expect(found.truth[1].partner?.label == 6)
    #expect(found.truth[1].partner?.iou == 0.5)
    #expect(found.truth.map(\.iou) == [1, 0.5, 0.4, 0.4, 0])
    #expect(found.prediction.map(\.iou) == [1, 0.5, 0.5, 0, 0.4])
    #expect(found.list.map(\.label) == [1, 2, 8, 9, 5])
    #expect(found.list.map(\.kind) == [.found, .split, .extra, .merged, .missed])
    #expect(found.list.map(\.side) == [.truth, .truth, .prediction, .prediction, .truth])
    #expect(found.list[4].box == PixelBox(columns: 6..<8, rows: 2..<3))
    for kind in CellOutcome.Kind.allCases { #expect(found.count(of: kind) == 1) }
  }

  @Test("A cell whose larger piece counts as found is split all the same")
  func split() {
    let found = outcomes(labels("1112233333"), labels("1111144444"))
    #expect(found.kinds(of: .truth) == [1: .split, 4: .found])
    #expect(found.truth[0].partner?.label == 1)
    #expect(found.truth[0].partner?.iou == 0.6)
    #expect(found.kinds(of: .prediction) == [1: .split, 2: .split, 3: .found])
  }

  @Test("Neighbours whose common border is misplaced are neither split nor merged")
  func border() {
    let found = outcomes(labels("1111111222"), labels("1111122222"))
    #expect(found.list.map(\.kind) == [.found, .found])
  }

  @Test("Pieces that cover no more than half of a cell do not split it")
  func specks() {
    let found = outcomes(labels("1.2......."), labels("1111111111"))
    #expect(found.list.map(\.kind) == [.missed, .extra, .extra])
    #expect(found.list[0].side == .truth)
    let more = outcomes(labels("..1112222..."), labels("333333333333"))
    #expect(more.list.map(\.kind) == [.split])
    let just = outcomes(labels("..111222...."), labels("333333333333"))
    #expect(just.list.map(\.kind) == [.missed, .extra, .extra])
  }

  @Test(
    "Every cell has an outcome, found ones a partner that is found, splits and merges agree with the scores",
    arguments: 0..<40)
  func consistency(seed: Int) {
    var generator = SplitMix(seed: seed)
    let truth = randomLabels(width: 26, height: 22, cells: 20, using: &generator)
    let prediction =
      seed % 2 == 0
      ? randomLabels(width: 26, height: 22, cells: 20, using: &generator)
      : LabelImage(
        width: 26, height: 22,
        labels: [0] + truth.labels.dropLast().map { $0 % 5 == 0 ? $0 / 2 : $0 })
    let overlap = CellOverlap(prediction: prediction, truth: truth)
    let (found, scores) = (CellOutcomes(overlap), ObjectScores(overlap))
    #expect(Set(found.truth.map(\.label)) == Set(truth.cells))
    #expect(Set(found.prediction.map(\.label)) == Set(prediction.cells))
    #expect(found.truth.count { $0.partner != nil } == scores.counts.truePositives)
    #expect(found.count(of: .split) == scores.splits)
    #expect(found.count(of: .merged) == scores.merges)
    let kinds = found.kinds(of: .prediction)
    for outcome in found.truth where outcome.kind == .found {
      #expect(outcome.partner.flatMap { kinds[$0.label] } == .found)
    }
    #expect(found.count(of: .found) == kinds.values.count { $0 == .found })
    #expect(!found.truth.contains { $0.kind == .extra })
    #expect(!found.prediction.contains { $0.kind == .missed })
  }
}
