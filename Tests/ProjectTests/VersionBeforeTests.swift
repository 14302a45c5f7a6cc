import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// A project as the first version wrote it: `Tests/Goldens/ProjectVersion1`, kept without its weights.
///
/// The areas and counts were taken from its files by replaying them in NumPy.
struct VersionBeforeTests {
  private let golden = URL(filePath: #filePath)
    .appending(path: "../../Goldens/ProjectVersion1").standardized

  /// A copy, since an opening may write; it lives as long as this does.
  private let folder: TestFolder
  private let store: ProjectStore

  init() throws {
    folder = try TestFolder()
    let copy = folder.url.appending(path: "cells", directoryHint: .isDirectory)
    try FileManager.default.copyItem(at: golden, to: copy)
    store = try ProjectStore.open(images: copy)
  }

  private func key(_ number: Int) -> ImageKey { ImageKey("sim-0\(number).png") }

  @Test func `decisions, masks and proposals of the first version are read`() throws {
    #expect(store.report.notices.isEmpty)
    #expect(store.settings.name == "cells")
    #expect(store.keys == (1...6).map(key))
    let states: [ReviewState] = [.accepted, .rejected, .proposed, .accepted, .proposed, .corrected]
    #expect(store.entries.map(\.state) == states)
    let accepted = try (1...6).map { try store.acceptedCells(of: key($0))?.mask.area }
    #expect(accepted == [1414, nil, nil, 672, nil, 647])
    #expect(
      (1...6).map { store.proposal(of: key($0))?.mask.area } == [nil, 431, 225, 672, 73, 546])
    #expect(store.decision(on: key(6))?.score == 0.2467346268652719)
  }

  @Test func `its proposals have no estimated quality, and are not accepted unseen`() {
    #expect(store.entries.allSatisfy { $0.quality == nil })
    let acceptance = store.acceptance(above: 0.01)
    #expect(acceptance.taken.isEmpty)
    #expect(acceptance.left.map(\.image) == [key(3), key(5)])
  }

  @Test(arguments: [(6, 647, 2, 1), (4, 672, 1, 0), (3, 223, 2, 0)])
  func `its strokes give the same draft, undo and redo included`(
    number: Int, area: Int, undos: Int, redos: Int
  ) throws {
    var draft = DraftHistory(width: 64, height: 64, strokes: store.strokes(of: key(number)))
    #expect(draft.mask.area == area)
    #expect(draft.undoCount == undos && draft.redoCount == redos)
    while draft.canUndo { draft.apply(.undo) }
    #expect(draft.mask.area == 0)
  }

  @Test func `its masks, drafts and proposals are the pieces of their masks`() throws {
    // Counted by scipy.ndimage.label with a structure of ones.
    let accepted = try (1...6).map { try store.acceptedCells(of: key($0))?.cells.count }
    #expect(accepted == [1, nil, nil, 9, nil, 9])
    #expect((1...6).map { store.proposal(of: key($0))?.cells.cells.count } == [nil, 3, 4, 9, 3, 8])
    for number in 1...6 {
      let annotation = try store.acceptedAnnotation(of: key(number))
      #expect(annotation?.cells == nil, "nobody told them apart")
      #expect(annotation?.objects == annotation.map { LabelImage(piecesOf: $0.mask) })
    }
    #expect(store.entries.map(\.cells) == Array(repeating: nil, count: 6))
    for number in [6, 4, 3] {
      var draft = DraftHistory(width: 64, height: 64, strokes: store.strokes(of: key(number)))
      #expect(draft.labels == TiledLabels(LabelImage(piecesOf: Mask(draft.mask))))
      // What is drawn now goes on with them, and taken back it leaves them, with all that was undone before.
      let before = draft
      draft.apply(.drawing(0..<64, of: 500))
      #expect(draft.labels.cells[500]?.area == 64 && draft.undoCount == before.undoCount + 1)
      draft.apply(.undo)
      #expect(draft.labels == before.labels && draft.undoCount == before.undoCount)
    }
    #expect(store.changedKeys == [key(3)])
  }

  @Test
  func `nothing of it is written anew but what is accepted, and an older program refuses then`()
    throws
  {
    func files() throws -> [String: Data] {
      let root = folder.url.appending(path: "cells/.aura")
      return try FileManager.default.subpathsOfDirectory(atPath: root.path).reduce(into: [:]) {
        $0[$1] = FileManager.default.contents(atPath: root.appending(path: $1).path)
      }
    }
    let before = try files()
    try store.append(.undo, to: key(6))
    try store.decide(Decision(image: key(4), state: .rejected, time: 2e9), mask: nil)
    #expect(try settings() == 1, "an older program reads all of it still")
    let cells = try #require(try store.acceptedCells(of: key(6)))
    try store.decide(Decision(image: key(6), state: .corrected, time: 2e9), cells: cells)
    #expect(try settings() == 2)
    let changed = try files().filter { before[$0.key] != $0.value }.keys
    #expect(
      Set(changed) == [
        "aura.json", "review.jsonl", "strokes.jsonl", "masks/sim-06.png.png",
        "withdrawn/sim-04.png.png",
      ])
    #expect(try store.acceptedAnnotation(of: key(6))?.cells == cells)
    store.close()
    #expect(try ProjectStore.open(images: folder.url.appending(path: "cells")).report.notices == [])
  }

  /// The version that `aura.json` has; an older program opens 1 and no higher one.
  private func settings() throws -> Int? {
    let json = try JSONSerialization.jsonObject(with: folder.data("cells/.aura/aura.json"))
    return (json as? [String: Any])?["version"] as? Int
  }

  @Test func `its runs keep settings, history, division and scores`() throws {
    #expect(store.runs.map(\.id) == ["ft-01"])
    let run = store.run(id: "ft-01")
    let recipe = try run.recipe()
    #expect(recipe.size == 64 && recipe.steps == 4 && recipe.batch == 3 && recipe.keep == .last)
    #expect(recipe.learningRate == 1e-3 && recipe.weights == .simulated)
    #expect(try run.history().map(\.epoch) == [1, 2, 3, 4])
    #expect(try run.history().last?.trainLoss == 0.5296618342399597)
    #expect(try run.split().images(.train, of: store.keys) == [1, 4, 6].map(key))
    #expect(try run.scores().map(\.image) == [1, 4, 6].map(key))
    #expect(try run.scores().first?.iou == 0.7387809778968519)
  }

  @Test func `opening it changes none of its files`() throws {
    store.close()
    let files = FileManager.default
    for path in try files.subpathsOfDirectory(atPath: golden.path) {
      let before = golden.appending(path: path).path
      let after = folder.url.appending(path: "cells/\(path)").path
      guard let content = files.contents(atPath: before) else { continue }
      #expect(files.contents(atPath: after) == content, "\(path)")
    }
  }
}
