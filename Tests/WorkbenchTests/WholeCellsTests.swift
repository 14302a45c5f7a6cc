import Imaging
import Project
import Recipes
import Screen
import Testing

@testable import Workbench

/// Keys that change many cells at once, without a look at the pixels of each.
@Suite struct WholeCellsTests {
  static let key = Session.key(0)

  /// Three cells in a row, the middle one under the pen as the image is opened.
  static func cells(_ numbers: [UInt16]) -> LabelImage {
    var image = LabelImage(width: 32, height: 24)
    for (place, number) in numbers.enumerated() {
      for y in 8..<16 {
        image.fill(y * 32 + 2 + place * 10..<y * 32 + 12 + place * 10, with: number)
      }
    }
    return image
  }

  /// An open image with a proposal that was taken.
  static func session(_ numbers: [UInt16]) -> Session {
    var session = Session()
    session.press(.enter)
    session.send(
      .proposed(key, ColouredCells(TiledLabels(cells(numbers))), uncertainty: 0.5))
    session.type("y")
    _ = session.takeEffects()
    return session
  }

  static func working(_ session: Session) -> LabelImage? {
    (session.model.project?.cache[key]?.working).map { LabelImage($0) }
  }

  static func recorded(_ session: inout Session) -> [Stroke] {
    session.takeEffects().compactMap { effect in
      if case .record(let stroke, key) = effect { stroke } else { nil }
    }
  }

  @Test func `numbering anew is a short line that a restart reads, and undone and redone exactly`()
  {
    var session = Self.session([9, 4, 2])
    session.type("#")
    #expect(Self.recorded(&session) == [.relabel(Relabelling([9: 1, 4: 2, 2: 3]))])
    #expect(Self.working(session) == Self.cells([1, 2, 3]))
    #expect((session.drafts(Self.key).labels == TiledLabels(Self.cells([1, 2, 3]))) == true)
    session.type("#")
    #expect(Self.recorded(&session) == [] && session.screen.contains("in order already"))
    session.type("u")
    #expect(Self.working(session) == Self.cells([9, 4, 2]))
    session.press(.control("r"))
    #expect(Self.working(session) == Self.cells([1, 2, 3]))
    #expect((session.drafts(Self.key).labels == TiledLabels(Self.cells([1, 2, 3]))) == true)
  }

  @Test
  func `keeping one cell is a short line that a restart reads, and undone and redone exactly`() {
    var session = Self.session([9, 4, 2])
    session.type("D")
    #expect(Self.recorded(&session) == [.relabel(Relabelling([9: 0, 2: 0]))])
    #expect(Self.working(session) == Self.cells([0, 4, 0]))
    session.type("D")
    #expect(Self.recorded(&session) == [])
    for _ in 0..<2 {
      session.type("u")
      #expect(Self.working(session) == Self.cells([9, 4, 2]))
      session.press(.control("r"))
      #expect(Self.working(session) == Self.cells([0, 4, 0]))
      #expect((session.drafts(Self.key).labels == TiledLabels(Self.cells([0, 4, 0]))) == true)
    }
    // A new edit on top of what is undone goes on from there.
    session.type("u#")
    #expect(Self.working(session) == Self.cells([1, 2, 3]))
    #expect((session.drafts(Self.key).labels == TiledLabels(Self.cells([1, 2, 3]))) == true)
  }

  @Test func `a proposal taken over other cells is one step, and what was accepted is had back`() {
    var session = Self.session([9, 4, 2])
    let other = Self.cells([1, 1, 7])
    session.send(.proposed(Self.key, ColouredCells(TiledLabels(other)), uncertainty: 0.5))
    session.type("y")
    #expect(Self.recorded(&session).count == 1 && Self.working(session) == other)
    session.type("y")
    #expect(Self.recorded(&session) == [] && session.screen.contains("is the proposal"))
    session.type("u")
    #expect(Self.working(session) == Self.cells([9, 4, 2]))
    // The draft is accepted and taken back: only what is accepted is looked at, and nothing has to be drawn first.
    session.type("a")
    // Accepted images come last in the queue.
    session.press(.function(2))
    session.press(.end)
    session.press(.enter)
    #expect(session.model.openImage == Self.key)
    session.type("u")
    #expect(Self.working(session) == Self.cells([9, 4, 2]))
    _ = session.takeEffects()
    session.type("y")
    #expect(Self.recorded(&session) == [.edit(CellDrawing(of: TiledLabels(other)).stroke)])
    #expect(Self.working(session) == other)
    #expect((session.drafts(Self.key).labels == TiledLabels(other)) == true)
    session.type("u")
    #expect(Self.working(session) == Self.cells([9, 4, 2]))
    session.press(.control("r"))
    #expect(Self.working(session) == other)
  }

  @Test func `what draws cells over others is what differs, or all of them over ground`() {
    let size = (width: 200, height: 130)
    var image = LabelImage(width: size.width, height: size.height)
    for y in 0..<130 { image.fill(y * 200 + 10..<y * 200 + 190, with: UInt16(1 + y / 50)) }
    let before = TiledLabels(image)
    for y in 0..<40 { image.fill(y * 200 + 5..<y * 200 + 60, with: 7) }
    let cells = ColouredCells(TiledLabels(image))
    #expect(cells.drawing(over: cells.labels) == nil)
    for most in 0..<2 {
      let drawing = cells.drawing(over: before, mostTiles: most)
      #expect((drawing?.parts.first?.label == 0) == (most == 0))
      var drawn = DraftHistory(width: size.width, height: size.height)
      drawn.become(before, isAdoption: false)
      var known = drawn
      known.become(cells.labels, isAdoption: false)
      drawn.apply(.edit(drawing ?? LabelStroke([])))
      #expect((drawn == known) == true && (drawn.labels == cells.labels) == true)
      #expect(drawn.apply(.undo) == known.apply(.undo))
      #expect((drawn == known) == true && (drawn.labels == before) == true)
    }
    let empty = TiledLabels(width: size.width, height: size.height)
    #expect(cells.drawing(over: empty) == cells.prepared)
  }

  @Test func `what draws accepted cells of a large image is worked out in the background`() throws {
    let side = 1_025
    var cells = LabelImage(width: side, height: side)
    for y in 100..<900 { cells.fill(y * side + 200..<y * side + 700, with: 5) }
    let image = Image(
      width: side, height: side, bitDepth: 8, values: Array(repeating: 1, count: side * side))
    let window = Window(size: Size(columns: 80, rows: 24), theme: .dark, colorDepth: .direct)
    var project = ProjectContext(
      name: "cells", entries: [ProjectEntry(key: Self.key, state: .proposed)], window: window)
    project.take(
      OpenImage(image: image, accepted: nil, proposal: cells, strokes: []), for: Self.key)
    // A proposal that is accepted as it is was worked out with it.
    var other = project
    #expect(other.accept(Self.key).count == 1)
    let adoption = try #require(project.cache[Self.key]?.adoption)
    let edit = LabelStroke([LabelStroke.Part(9, [20..<30])])
    #expect(project.record(.edit(edit), on: Self.key, after: adoption).count == 2)
    let asked = project.accept(Self.key).compactMap { effect -> TiledLabels? in
      if case .prepare(Self.key, let labels) = effect { labels } else { nil }
    }
    let labels = try #require(asked.first)
    #expect(asked.count == 1 && labels.cells.keys.sorted() == [5, 9])
    func accepted() -> ColouredCells? { project.cache[Self.key]?.acceptedCells }
    #expect(accepted()?.prepared == nil && (accepted()?.labels == labels) == true)
    // An answer about cells that are not those any more is dropped.
    project.change(Self.key) { $0.take(CellDrawing(of: TiledLabels(cells))) }
    #expect(accepted()?.prepared == nil)
    let drawing = CellDrawing(of: labels)
    project.change(Self.key) { $0.take(drawing) }
    #expect((accepted()?.prepared == drawing.stroke) == true)
    #expect((accepted()?.labels == labels) == true)
    // Everything taken back, the first edit rests on it.
    for _ in 0..<2 { project.change(Self.key) { $0.apply(.undo) } }
    #expect((project.cache[Self.key]?.adoption?.prepared == drawing.stroke) == true)
  }
}
