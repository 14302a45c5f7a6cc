import Imaging
import Recipes
import Testing

@testable import Project

/// Drafts of the time before cells were told apart.
struct DraftHistoryTests {
  @Test func `an edit undone leaves the mask as it was, and redone as it became`() {
    var draft = DraftHistory(width: 8, height: 4)
    draft.apply(.editMask(MaskEdit(added: [3..<9])))
    draft.apply(.editMask(MaskEdit(added: [6..<12], removed: [3..<5])))
    #expect(draft.mask.area == 7)
    draft.apply(.undo)
    #expect(Mask(draft.mask) == Mask(width: 8, height: 4, pixels: row(32, [3..<9])))
    draft.apply(.redo)
    #expect(Mask(draft.mask) == Mask(width: 8, height: 4, pixels: row(32, [5..<12])))
    #expect(draft.undoCount == 2 && !draft.canRedo)
  }

  @Test func `a new edit drops what could be redone`() {
    var draft = DraftHistory(width: 8, height: 1)
    draft.apply(.editMask(MaskEdit(added: [0..<2])))
    draft.apply(.undo)
    #expect(draft.canRedo)
    draft.apply(.editMask(MaskEdit(added: [4..<5])))
    #expect(!draft.canRedo && draft.undoCount == 1)
    draft.apply(.redo)
    #expect(draft.mask.area == 1)
  }

  @Test func `strokes that change nothing or do not fit are ignored`() {
    var draft = DraftHistory(width: 4, height: 2)
    let strokes: [Stroke] = [
      .undo, .redo, .editMask(MaskEdit(removed: [0..<8])), .editMask(MaskEdit(added: [6..<9])),
      .editMask(MaskEdit(added: [-1..<2])),
    ]
    let changed = strokes.map { draft.apply($0) }
    #expect(changed.allSatisfy { $0 == nil })
    #expect(draft == DraftHistory(width: 4, height: 2))
  }

  @Test func `only an adoption that comes first is what the draft begins with`() {
    let (adoption, edit) = (MaskEdit(added: [3..<9]), MaskEdit(added: [1..<2]))
    var draft = DraftHistory(width: 5, height: 4, strokes: [.adoptMask(adoption), .editMask(edit)])
    #expect(draft.beginsWithAdoption && draft.undoCount == 2 && draft.mask.area == 7)
    for stroke in [Stroke.undo, .undo, .redo, .undo] {
      draft.apply(stroke)
      #expect(draft.beginsWithAdoption)
    }
    draft.apply(.editMask(adoption))
    #expect(!draft.beginsWithAdoption && !draft.canRedo)
    draft.apply(.adoptMask(edit))
    #expect(!draft.beginsWithAdoption)
  }

  @Test(arguments: 0..<20)
  func `replaying the strokes gives the same draft and every undo is exact`(seed: Int) {
    var rng = Lehmer(state: UInt64(seed * 2 + 1))
    var strokes: [Stroke] = []
    var draft = DraftHistory(width: 13, height: 7)
    for _ in 0..<60 {
      let before = draft
      let stroke = randomStroke(91, using: &rng)
      strokes.append(stroke)
      if draft.apply(stroke) != nil, case .editMask(let edit) = stroke {
        var expected = before.mask
        expected.apply(edit)
        #expect(draft.mask == expected)
        var back = draft
        back.apply(.undo)
        #expect(back.mask == before.mask, "seed \(seed)")
      }
    }
    #expect(DraftHistory(width: 13, height: 7, strokes: strokes) == draft)
    while draft.apply(.undo) != nil {}
    #expect(draft.mask.area == 0)
  }

  @Test(arguments: 0..<20)
  func `an edit is cut down to the pixels that it changes`(seed: Int) {
    var rng = Lehmer(state: UInt64(seed * 2 + 1))
    let pixels = (0..<91).map { _ in Bool.random(using: &rng) }
    guard case .editMask(let edit) = randomEdit(91, using: &rng) else { return }
    let before = TiledMask(Mask(width: 13, height: 7, pixels: pixels.map { $0 ? 1 : 0 }))
    let inOrder = (edit.added + edit.removed).sorted { $0.lowerBound < $1.lowerBound }
    let touching = [2..<9, 9..<9, 9..<30, 31..<91]
    let edits =
      [edit, edit.inverse]
      + [edit.added, inOrder, touching].flatMap {
        [MaskEdit(added: $0), MaskEdit(removed: $0)]
      }
    for edit in edits {
      var after = before
      after.apply(edit)
      #expect(before.effect(of: edit) == MaskEdit(from: before, to: after), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<20)
  func `what a stroke is said to change is what it changes`(seed: Int) {
    var rng = Lehmer(state: UInt64(seed * 2 + 1))
    var draft = DraftHistory(width: 13, height: 7)
    for _ in 0..<60 {
      let before = draft
      let change = draft.apply(randomStroke(91, using: &rng)) ?? LabelEdit()
      #expect(change == before.labels.edit(to: draft.labels), "seed \(seed)")
      var mask = before.mask
      mask.apply(change.mask)
      #expect(mask == draft.mask, "seed \(seed)")
      let pixels = MaskEdit(from: before.mask, to: draft.mask)
      for (said, changed) in [
        (change.mask.added, pixels.added), (change.mask.removed, pixels.removed),
      ] {
        #expect(RangeSet(said) == RangeSet(changed), "seed \(seed)")
      }
    }
  }

  @Test func `thousands of strokes on a large image are replayed without a mask for each`() {
    let side = 4_096
    let strokes = (0..<5_000).map { index -> Stroke in
      let start = (index * 7_919) % (side * side - 64)
      return .editMask(MaskEdit(added: [start..<start + 64]))
    }
    let draft = DraftHistory(width: side, height: side, strokes: strokes)
    #expect(draft.undoCount > 4_000 && draft.mask.pixelCount == side * side)
  }

  @Test(arguments: 0..<10)
  func `a draft passed through the masks of its standing edits and no others`(seed: Int) {
    var rng = Lehmer(state: UInt64(seed * 2 + 1))
    var draft = DraftHistory(width: 13, height: 7)
    var past = [draft.mask]
    for _ in 0..<12 where draft.apply(randomEdit(91, using: &rng)) != nil {
      past.append(draft.mask)
    }
    func passed(_ mask: TiledMask) -> Bool {
      draft.passed(through: TiledLabels(LabelImage(piecesOf: Mask(mask))))
    }
    for mask in past {
      #expect(passed(mask), "seed \(seed)")
      var other = mask
      other.fill(90..<91, with: !mask[12, 6])
      #expect(passed(other) == past.contains(other), "seed \(seed)")
    }
    let last = draft.mask
    draft.apply(.undo)
    #expect(passed(last) == past.dropLast().contains(last))
    #expect(!draft.passed(through: TiledLabels(width: 7, height: 13)))
  }

  private func row(_ count: Int, _ runs: [Range<Int>]) -> [UInt8] {
    (0..<count).map { index in runs.contains { $0.contains(index) } ? 1 : 0 }
  }

  private func randomStroke(_ count: Int, using rng: inout Lehmer) -> Stroke {
    switch Int.random(in: 0..<6, using: &rng) {
    case 0: return .undo
    case 1: return .redo
    default: return randomEdit(count, using: &rng)
    }
  }

  private func randomEdit(_ count: Int, using rng: inout Lehmer) -> Stroke {
    func runs() -> [Range<Int>] {
      (0..<Int.random(in: 0..<4, using: &rng)).map { _ in
        let start = Int.random(in: 0..<count, using: &rng)
        return start..<min(count, start + Int.random(in: 0..<20, using: &rng))
      }
    }
    return .editMask(MaskEdit(added: runs(), removed: runs()))
  }
}

/// A small seeded generator for sweeps.
struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 29)) &* 0x9E37_79B9_7F4A_7C15
  }
}
