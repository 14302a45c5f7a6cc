import Basics
import Imaging
import Project
import Recipes
import Screen
import TestSupport
import Testing

@testable import Workbench

/// What is kept up to date stroke by stroke is what counting anew gives.
@Suite struct IncrementalTests {
  static func edit(_ size: (Int, Int), using rng: inout SeededGenerator) -> MaskEdit {
    let mask = TiledMask(width: size.0, height: size.1)
    let ends = (0..<2).map { _ in
      PixelPoint(x: rng.index(below: size.0 + 20) - 10, y: rng.index(below: size.1 + 20) - 10)
    }
    let runs = mask.stroked(from: ends[0], to: ends[1], diameter: 1 + rng.index(below: 30))
    return rng.chance(0.6) ? MaskEdit(added: runs) : MaskEdit(removed: runs)
  }

  @Test(arguments: 0..<12)
  func `coverage and agreement after any strokes are those of the masks`(seed: UInt64) {
    var rng = SeededGenerator(seed: seed)
    let size = (150, 90)
    var masks = (0..<3).map { _ in TiledMask(width: size.0, height: size.1) }
    for index in masks.indices {
      for _ in 0..<4 { masks[index].apply(Self.edit(size, using: &rng)) }
    }
    let image = Image(
      width: size.0, height: size.1, bitDepth: 8, values: Array(repeating: 1, count: 13_500))
    var open = OpenImage(
      image: image, accepted: LabelImage(piecesOf: Mask(masks[0])),
      proposal: LabelImage(piecesOf: Mask(masks[1])), strokes: [])
    let states: [ReviewState] = [.new, .proposed, .accepted, .rejected]
    open.move(to: states[Int(seed % 4)])
    for step in 0..<200 {
      switch rng.index(below: 20) {
      case 0: open.propose(ColouredCells(TiledLabels(Mask(masks[2]))), doubts: [:])
      case 1:
        open.decide(
          states[rng.index(below: 4)], accepted: ColouredCells(TiledLabels(Mask(masks[0]))))
      case 2..<7: open.apply(.undo)
      case 7..<11: open.apply(.redo)
      default: open.apply(.editMask(Self.edit(size, using: &rng)))
      }
      let working = Mask(open.working)
      #expect(open.coverage == Double(working.area) / 13_500, "seed \(seed) step \(step)")
      let proposal = open.proposal.map { Mask($0) } ?? working
      let both = zip(working.pixels, proposal.pixels).reduce(0) { $0 + Int($1.0 & $1.1) }
      let either = zip(working.pixels, proposal.pixels).reduce(0) { $0 + Int($1.0 | $1.1) }
      #expect(
        open.agreement == (either == 0 ? 1 : Double(both) / Double(either)),
        "seed \(seed) step \(step)")
    }
  }

  @Test(arguments: 0..<24)
  func `the part of a mask in view says of each dot what the whole mask says`(seed: UInt64) {
    var rng = SeededGenerator(seed: seed)
    let size = (1 + rng.index(below: 900), 1 + rng.index(below: 700))
    var mask = TiledMask(width: size.0, height: size.1)
    for _ in 0..<40 { mask.apply(Self.edit(size, using: &rng)) }
    let area = Rect(
      column: 3, row: 2, columns: 1 + rng.index(below: 60), rows: 1 + rng.index(below: 30))
    var view = Viewport(fitting: size.0, size.1, in: area)
    if rng.chance(0.7) {
      view.zoom(by: Double(1 + rng.index(below: 30)) / 3)
      view.pan(columns: rng.uniform(-40..<40), rows: rng.uniform(-40..<40))
    }
    let depth = ColorDepth.allCases[Int(seed) % ColorDepth.allCases.count]
    let (part, whole) = (MaskSampler(mask, in: view), WholeMask(Mask(mask), zoom: view.zoom))
    var grid = Grid(size: Size(columns: 70, rows: 40), style: Theme.dark.style(.text))
    Picture(viewport: view, depth: depth).drawBoxes(into: &grid, theme: .dark) { box in
      #expect(part.coverage(box) == whole.coverage(box), "seed \(seed) \(box)")
      #expect(part.contains(box) == whole.contains(box), "seed \(seed) \(box)")
      #expect(part.isEdge(box) == whole.isEdge(box), "seed \(seed) \(box)")
      return RGB(0, 0, 0)
    }
  }

  @Test(arguments: 0..<8)
  func `the list after a restart is the list before`(seed: UInt64) {
    var rng = SeededGenerator(seed: seed)
    var session = Session()
    session.propose([(Session.key(1), 0.4)])
    let keys = Array("hjHJKL bef      uuya12[]nN")
    session.press(.home)
    session.press(.enter)
    for _ in 0..<250 { session.type(String(keys[rng.index(below: keys.count)])) }
    // The eraser on nothing: a line of the journal that changes nothing.
    session.press(.escape)
    session.type("e  ")
    for entry in session.model.entries {
      let image = Session.image(entry.key)
      let draft = DraftHistory(
        width: image.width, height: image.height, strokes: session.strokes[entry.key] ?? [])
      let accepted = session.cells[entry.key].map { TiledLabels($0) }
      #expect(
        session.model.changed.contains(entry.key)
          == draft.isUnsaved(in: entry.state, accepted: accepted), "seed \(seed) \(entry.key)")
    }
  }

  @Test func `a contrast shows at once, and exactly when the image is stretched`() throws {
    var session = Session()
    session.press(.enter)
    _ = session.takeEffects()
    let before = view(session.model)
    session.send(.input(.key(.character("<"))))
    let bridged = view(session.model)
    #expect(bridged != before && session.waiting.count == 1)
    // A second key waits for the answer to the first.
    session.send(.input(.key(.character("<"))))
    #expect(session.waiting.count == 1)
    session.settle()
    let key = Session.key(0)
    let expected = ShownImage(Session.image(key), contrast: Contrast(steps: -2))
    let project = try #require(session.model.workspace as? WorkspaceModel<ProjectScreens>)
    #expect(project.shared.cache[key]?.shown == expected)
    #expect(expected.greys(with: Contrast(steps: -2)) == nil)
  }

  @Test func `an image that leaves memory is not stretched, and one that comes back is`() {
    var shelf = ImageShelf<ReviewCase>(mostImages: 1)
    let (a, b) = (Session.key(0), Session.key(1))
    func content(_ key: ImageKey) -> ReviewCase {
      ReviewCase(
        image: Session.image(key), truth: Annotation(Session.square), prediction: Session.square)
    }
    let other = Contrast(steps: 2)
    #expect(shelf.request([a, b]) == [a, b] && shelf.request([a]) == [])
    shelf.insert(content(a), for: a)
    #expect(shelf.stretch(a, to: Contrast()) == [] && shelf.stretch(a, to: other).count == 1)
    #expect(shelf.stretch(a, to: other) == [])
    shelf.insert(content(b), for: b)
    shelf.take(content(a).shown.shown(with: other), for: a)
    #expect(shelf[a] == nil && shelf.request([b, a]) == [a])
    shelf.insert(content(a), for: a, holding: [b])
    #expect(shelf[a] != nil && shelf[b] != nil)
    #expect(shelf.stretch(a, to: other).count == 1)
    shelf.take(content(a).shown.shown(with: other), for: a)
    #expect(shelf.stretch(a, to: other) == [] && shelf[a]?.shown.contrast == other)
  }
}

/// A mask looked up block by block, all of it counted first.
private struct WholeMask {
  let blocks: [Int]
  let width: Int
  let height: Int
  let shift: Int

  init(_ mask: Mask, zoom: Double) {
    var shift = 0
    while shift < 6, Double(2 << shift) * zoom <= 1 { shift += 1 }
    self.shift = shift
    let (width, height) = ((mask.width - 1) >> shift + 1, (mask.height - 1) >> shift + 1)
    (self.width, self.height) = (width, height)
    blocks = (0..<width * height).map { index in
      let xs = (index % width) << shift..<min(mask.width, (index % width + 1) << shift)
      let ys = (index / width) << shift..<min(mask.height, (index / width + 1) << shift)
      let cells = ys.reduce(0) { sum, y in sum + xs.count { mask[$0, y] } }
      return shift == 0 ? cells : cells * 255 / (xs.count * ys.count)
    }
  }

  func coverage(_ box: PictureArea) -> Double {
    let (total, count) = sum(box.xs, box.ys)
    return count == 0 ? 0 : Double(total) / Double(count * (shift == 0 ? 1 : 255))
  }

  func contains(_ box: PictureArea) -> Bool { contains(box.xs, box.ys) }

  func isEdge(_ box: PictureArea) -> Bool {
    let (xs, ys) = (box.xs, box.ys)
    func moved(_ range: Range<Int>, _ way: Int) -> Range<Int> {
      range.lowerBound + way * range.count..<range.upperBound + way * range.count
    }
    return contains(xs, ys)
      && !(contains(moved(xs, -1), ys) && contains(moved(xs, 1), ys) && contains(xs, moved(ys, -1))
        && contains(xs, moved(ys, 1)))
  }

  private func contains(_ xs: Range<Int>, _ ys: Range<Int>) -> Bool {
    let (total, count) = sum(xs, ys)
    return count > 0 && total * 2 >= count * (shift == 0 ? 1 : 255)
  }

  private func sum(_ xs: Range<Int>, _ ys: Range<Int>) -> (total: Int, count: Int) {
    func blocks(_ range: Range<Int>, _ extent: Int) -> Range<Int> {
      let first = max(0, range.lowerBound >> shift)
      let end = min(extent, max((range.lowerBound >> shift) + 1, range.upperBound >> shift))
      return first..<max(first, end)
    }
    let (columns, rows) = (blocks(xs, width), blocks(ys, height))
    let total = rows.reduce(0) { sum, y in
      sum + columns.reduce(0) { $0 + self.blocks[y * width + $1] }
    }
    return (total, columns.count * rows.count)
  }
}
