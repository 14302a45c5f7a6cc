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
    let accepted = try (1...6).map { try store.acceptedMask(of: key($0))?.area }
    #expect(accepted == [1414, nil, nil, 672, nil, 647])
    #expect(
      (1...6).map { store.proposal(of: key($0))?.mask.area } == [nil, 431, 225, 672, 73, 546])
    #expect(store.decision(on: key(6))?.score == 0.2467346268652719)
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
