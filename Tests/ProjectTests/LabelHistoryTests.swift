import Foundation
import Imaging
import Recipes
import Testing

@testable import Project

/// Drafts of cells, and those that go on from edits of a mask.
struct LabelHistoryTests {
  private let width = 13
  private let height = 7

  @Test func `an edit of cells undone leaves them as they were, and redone as they became`() {
    var draft = DraftHistory(width: 8, height: 4)
    draft.apply(.drawing(0..<6, of: 5))
    let first = draft.labels
    let change = draft.apply(.drawing(4..<10, of: 300))
    #expect(
      change == LabelEdit([.init(4..<6, from: 5, to: 300), .init(6..<10, from: 0, to: 300)]))
    #expect(draft.labels.cells.mapValues(\.area) == [5: 4, 300: 6])
    let second = draft.labels
    #expect(draft.apply(.undo) == change?.inverse)
    #expect(draft.labels == first && draft.canRedo)
    #expect(draft.apply(.redo) == change)
    #expect(draft.labels == second && !draft.canRedo && draft.undoCount == 2)
    draft.apply(.undo)
    draft.apply(.drawing(31..<32, of: 5))
    #expect(!draft.canRedo && draft.labels.cells[5]?.area == 7)
  }

  @Test func `edits of cells that change nothing or do not fit are ignored`() {
    var draft = DraftHistory(width: 4, height: 2)
    let strokes: [Stroke] = [
      .undo, .redo, .drawing(0..<8, of: 0), .drawing(6..<9), .drawing(-1..<2),
      .edit(LabelStroke([])), .adopt(LabelStroke([.init(3, [2..<2])])),
    ]
    #expect(strokes.allSatisfy { draft.apply($0) == nil })
    #expect(draft == DraftHistory(width: 4, height: 2))
    draft.apply(.drawing(0..<3))
    draft.apply(.undo)
    let before = draft
    #expect(draft.apply(.drawing(0..<1, of: 0)) == nil)
    #expect(draft == before && draft.canRedo, "nothing that can be redone is lost")
  }

  @Test func `edits of a mask alone are its pieces, counted anew at each step`() {
    let strokes: [Stroke] = [
      .editMask(MaskEdit(added: [40..<42])), .editMask(MaskEdit(added: [2..<4])),
      .editMask(MaskEdit(added: [14..<17, 27..<29])), .editMask(MaskEdit(removed: [15..<16])),
    ]
    var live = DraftHistory(width: width, height: height)
    var masks = [Mask(live.mask)]
    for stroke in strokes {
      let before = live.labels
      let change = live.apply(stroke)
      #expect(change == before.edit(to: live.labels))
      masks.append(Mask(live.mask))
      #expect(live.labels == TiledLabels(LabelImage(piecesOf: Mask(live.mask))))
    }
    #expect(live.labels.cells.count == 1, "the third joins those before")
    #expect(DraftHistory(width: width, height: height, strokes: strokes) == live)
    for mask in masks.dropLast().reversed() {
      live.apply(.undo)
      #expect(live.labels == TiledLabels(LabelImage(piecesOf: mask)))
    }
    #expect(!live.canUndo && live.redoCount == 4)
    for mask in masks.dropFirst() {
      live.apply(.redo)
      #expect(live.labels == TiledLabels(LabelImage(piecesOf: mask)))
    }
  }

  @Test func `an edit of cells goes on with the pieces of the mask, and taken back leaves them`() {
    let old: [Stroke] = [
      .adoptMask(MaskEdit(added: [0..<2])), .editMask(MaskEdit(added: [4..<6, 30..<33])),
    ]
    var draft = DraftHistory(width: width, height: height, strokes: old)
    let pieces = draft.labels
    #expect(pieces.cells.mapValues(\.area) == [1: 2, 2: 2, 3: 3])
    // Cells 1 and 2 become one, which no mask says.
    draft.apply(.edit(LabelStroke([.init(1, [2..<6])])))
    draft.apply(.drawing(80..<83, of: 9))
    let last = draft.labels
    #expect(last.cells.mapValues(\.area) == [1: 6, 3: 3, 9: 3])
    #expect(draft.undoCount == 4 && draft.beginsWithAdoption)
    draft.apply(.undo)
    draft.apply(.undo)
    #expect(draft.labels == pieces)
    draft.apply(.undo)
    draft.apply(.undo)
    #expect(draft.labels.cells.isEmpty && draft.redoCount == 4)
    for _ in 0..<4 { draft.apply(.redo) }
    #expect(draft.labels == last && !draft.canRedo)
    // Redone in part, a new edit drops the rest, of both kinds.
    for _ in 0..<3 { draft.apply(.undo) }
    draft.apply(.drawing(50..<52, of: 2))
    #expect(!draft.canRedo && draft.undoCount == 2)
    #expect(draft.labels.cells.mapValues(\.area) == [1: 2, 2: 2])
  }

  @Test func `an edit of a mask on top of cells leaves them, and what it adds is new`() {
    var draft = DraftHistory(width: width, height: height)
    draft.apply(.drawing(0..<3, of: 2))
    draft.apply(.editMask(MaskEdit(added: [2..<5, 40..<42], removed: [0..<1])))
    #expect(LabelImage(draft.labels).labels.prefix(6) == [0, 2, 2, 1, 1, 0])
    #expect(draft.labels.cells.mapValues(\.area) == [1: 2, 2: 2, 3: 2])
    draft.apply(.undo)
    #expect(draft.labels.cells.mapValues(\.area) == [2: 3])
  }

  @Test(arguments: 0..<40)
  func `lines replayed give the live draft, every undo is exact, and all taken back is nothing`(
    seed: Int
  ) throws {
    var rng = Lehmer(state: UInt64(seed * 2 + 1))
    var lines: [Stroke] = []
    var live = DraftHistory(width: width, height: height)
    // Old lines come first, as they do in projects, in every fourth sweep anywhere.
    for index in 0..<60 {
      let isOld = seed % 4 == 0 ? Bool.random(using: &rng) : index < seed % 3 * 15
      let stroke = randomStroke(isOld: isOld, using: &rng)
      let before = live
      let change = live.apply(stroke)
      lines.append(stroke)
      #expect(change == (before.labels == live.labels ? nil : before.labels.edit(to: live.labels)))
      if let change, stroke != .undo {
        var back = live
        #expect(back.apply(.undo) == change.inverse)
        #expect(back.labels == before.labels, "seed \(seed)")
        back.apply(.redo)
        #expect(back == live, "seed \(seed)")
      }
      #expect(Mask(live.mask) == LabelImage(live.labels).mask)
    }
    var text: [UInt8] = []
    for line in lines {
      text += try StrokeLine(image: ImageKey("a"), stroke: line).json() + [0x0A]
    }
    let read = JournalContents<StrokeLine>(text)
    #expect(read.lines.map(\.stroke) == lines && read.damagedLines.isEmpty)
    let replayed = DraftHistory(
      width: width, height: height, strokes: read.lines.map(\.stroke))
    #expect(replayed == live, "seed \(seed)")
    while live.apply(.undo) != nil {}
    #expect(live.labels == TiledLabels(width: width, height: height) && !live.canUndo)
    while live.apply(.redo) != nil {}
    #expect(live.labels == replayed.labels || replayed.canRedo, "seed \(seed)")
  }

  @Test(arguments: 0..<20)
  func `a draft passed through the cells of its standing edits and no others`(seed: Int) {
    var rng = Lehmer(state: UInt64(seed * 2 + 1))
    var draft = DraftHistory(width: width, height: height)
    var past = [draft.labels]
    for index in 0..<12
    where draft.apply(randomEdit(isOld: index < seed % 3 * 3, using: &rng)) != nil {
      past.append(draft.labels)
    }
    for labels in past {
      #expect(draft.passed(through: labels), "seed \(seed)")
      let other = labels.drawing(90..<91, of: labels[12, 6] + 1)
      #expect(draft.passed(through: other) == past.contains(other), "seed \(seed)")
      // The same pixels, of other cells.
      let renamed = labels.drawing(0..<91, of: 7, onlyCells: true)
      #expect(draft.passed(through: renamed) == past.contains(renamed), "seed \(seed)")
    }
    let last = draft.labels
    draft.apply(.undo)
    #expect(draft.passed(through: last) == past.dropLast().contains(last))
    #expect(!draft.passed(through: TiledLabels(width: 7, height: 13)))
  }

  @Test func `a draft is saved where its cells are those that are accepted, not only its pixels`() {
    var draft = DraftHistory(width: 8, height: 1)
    #expect(!draft.isUnsaved(in: .new, accepted: nil))
    draft.apply(.drawing(0..<4))
    #expect(
      draft.isUnsaved(in: .new, accepted: nil) && draft.isUnsaved(in: .accepted, accepted: nil))
    #expect(!draft.isUnsaved(in: .accepted, accepted: draft.labels))
    #expect(draft.isUnsaved(in: .proposed, accepted: draft.labels))
    let accepted = draft.labels
    draft.apply(.drawing(2..<4, of: 2))
    #expect(draft.isUnsaved(in: .corrected, accepted: accepted))
  }

  @Test func `ten thousand lines from before are replayed without counting pieces at each`() {
    let side = 1_024
    let strokes = (0..<10_000).map { index -> Stroke in
      let start = (index * 7_919) % (side * side - 64)
      return index % 9 == 8 ? .undo : .editMask(MaskEdit(added: [start..<start + 64]))
    }
    let start = ContinuousClock.now
    let draft = DraftHistory(width: side, height: side, strokes: strokes)
    // Counting them takes some ten milliseconds each time.
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(draft.labels == TiledLabels(LabelImage(piecesOf: Mask(draft.mask))))
  }

  // MARK: Strokes at random

  private func randomStroke(isOld: Bool, using rng: inout Lehmer) -> Stroke {
    switch Int.random(in: 0..<6, using: &rng) {
    case 0: .undo
    case 1: .redo
    default: randomEdit(isOld: isOld, using: &rng)
    }
  }

  private func randomEdit(isOld: Bool, using rng: inout Lehmer) -> Stroke {
    let isAdoption = Int.random(in: 0..<8, using: &rng) == 0
    if isOld {
      let edit = MaskEdit(added: randomRuns(using: &rng), removed: randomRuns(using: &rng))
      return isAdoption ? .adoptMask(edit) : .editMask(edit)
    }
    if Int.random(in: 0..<5, using: &rng) == 0 {
      let cells: [LabelImage.Label] = [0, 1, 2, 1_000, 2_000, 3_000, 4_000]
      let some = cells.filter { _ in Bool.random(using: &rng) }
      return .relabel(
        Relabelling(
          Dictionary(uniqueKeysWithValues: zip(some, some.shuffled(using: &rng)))))
    }
    let parts = (0..<Int.random(in: 0..<4, using: &rng)).map { _ in
      LabelStroke.Part(
        UInt16.random(in: 0..<5, using: &rng) * 1_000, randomRuns(using: &rng))
    }
    return isAdoption ? .adopt(LabelStroke(parts)) : .edit(LabelStroke(parts))
  }

  private func randomRuns(using rng: inout Lehmer) -> [Range<Int>] {
    (0..<Int.random(in: 0..<4, using: &rng)).map { _ in
      let start = Int.random(in: 0..<91, using: &rng)
      return start..<min(91, start + Int.random(in: 0..<20, using: &rng))
    }
  }

  @Test func `a draft that becomes cells that are known is one that they were drawn on`() {
    var image = LabelImage(width: 90, height: 70)
    for y in 5..<40 { image.fill(y * 90 + 3..<y * 90 + 30, with: 4) }
    for y in 30..<70 { image.fill(y * 90 + 40..<y * 90 + 90, with: 9) }
    let cells = TiledLabels(image)
    var (known, drawn) = (
      DraftHistory(width: 90, height: 70), DraftHistory(width: 90, height: 70)
    )
    let edit = known.labels.edit(to: cells)
    let more = Stroke.edit(LabelStroke([LabelStroke.Part(2, [0..<50])]))
    known.become(cells, isAdoption: true)
    drawn.apply(.adopt(LabelStroke(edit)))
    for stroke in [more, .undo, .undo, .redo, .redo, .undo, .undo] {
      #expect((known == drawn) == true)
      #expect(known.apply(stroke) == drawn.apply(stroke))
    }
    #expect((known == drawn) == true)
    #expect(known.beginsWithAdoption && known.redoCount == 2 && known.labels.cells.isEmpty)
    known.become(cells, isAdoption: false)
    drawn.apply(.edit(LabelStroke(edit)))
    #expect((known == drawn) == true)
    known.become(cells, isAdoption: false)
    #expect(known.undoCount == 1)
  }

  @Test func `an edit of much is undone and redone as one of little is, and its drafts are known`()
  {
    // Columns of one pixel, each run of which is one of its own.
    let (width, height) = (200, 90)
    var image = LabelImage(width: width, height: height)
    for place in stride(from: 0, to: width * height, by: 2) {
      image.fill(place..<place + 1, with: 3)
    }
    let cells = TiledLabels(image)
    let stroke = LabelStroke(TiledLabels(width: width, height: height).edit(to: cells))
    var draft = DraftHistory(width: width, height: height)
    draft.apply(.drawing(0..<50, of: 8))
    let first = draft.labels
    guard case .pixels(let edit)? = draft.change(by: .edit(stroke)) else {
      Issue.record("no pixel changed")
      return
    }
    let second = draft.labels
    #expect(edit.changes.count > 4096 && (first.edit(to: second) == edit) == true)
    #expect(draft.drafts(nearest: 4).map(\.undoCount) == [1])
    #expect(draft.change(by: .undo) == .whole)
    #expect((draft.labels == first) == true && draft.undoCount == 1)
    #expect(draft.drafts(nearest: 4).map(\.undoCount) == [2])
    #expect(draft.change(by: .redo) == .whole)
    #expect((draft.labels == second) == true)
    // All but one cell become ground, in no more than a line.
    #expect(draft.change(by: .relabel(Relabelling([3: 0]))) == .cells(Relabelling([3: 0])))
    #expect(draft.labels.cells.keys.sorted() == [8])
    #expect(draft.drafts(nearest: 1).map(\.undoCount) == [2])
    #expect(draft.drafts(nearest: 4).map(\.undoCount) == [2, 1])
    draft.change(by: .undo)
    #expect((draft.labels == second) == true && draft.passed(through: first))
    #expect(draft.drafts(nearest: 4).map(\.undoCount) == [1, 3])
    let again = DraftHistory(
      width: width, height: height,
      strokes: [.drawing(0..<50, of: 8), .edit(stroke), .relabel(Relabelling([3: 0])), .undo])
    #expect((again == draft) == true)
  }
}

extension TiledLabels {
  /// The same with a run given to a cell, or only what of it is of any.
  fileprivate func drawing(
    _ run: Range<Int>, of cell: LabelImage.Label, onlyCells: Bool = false
  ) -> TiledLabels {
    let runs = onlyCells ? mask.runs(of: true, in: [run]) : [run]
    var labels = self
    if let edit = effect(of: LabelStroke([LabelStroke.Part(cell, runs)])) { labels.apply(edit) }
    return labels
  }
}
