import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Workbench
import WorkflowTesting

@testable import Host

/// What the host reads of earlier sessions.
struct ProjectOpeningTests {
  private static func store(_ folder: TestFolder) throws -> ProjectStore {
    for name in ["a.png", "b.png", "c.png", "d.png"] { try folder.image(name) }
    return try ProjectStore.open(images: folder.url)
  }

  @Test func `the newest run with settings is shown with its epochs and the best of them`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder)
    #expect(store.pastRun == nil)
    var recipe = Recipe()
    (recipe.epochs, recipe.batch) = (5, 2)
    let epochs = [0.4, 0.2, nil, 0.3].enumerated().map { index, loss in
      EpochRecord(
        epoch: index + 1, trainLoss: 0.5, validationLoss: loss, seconds: 1, imagesPerSecond: 3)
    }
    let run = try store.newRun()
    try run.write(recipe)
    try run.write(epochs)
    try run.write(
      Split(
        parts: [
          ImageKey("a.png"): .train, ImageKey("b.png"): .train, ImageKey("c.png"): .train,
          ImageKey("d.png"): .validation,
        ]))
    // A run that ended before it wrote its settings says nothing.
    _ = try store.newRun()
    let plan = RunPlan(
      folder: run.url, recipe: recipe, training: ["a.png", "b.png", "c.png"].map { ImageKey($0) },
      validation: [ImageKey("d.png")], length: RunLength(steps: 10, stepsPerEpoch: 2),
      history: epochs)
    #expect(store.pastRun == .pastRun(plan, bestEpoch: 2))
  }

  @Test func `images are changed that were drawn on and not accepted since`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder)
    let edit = Stroke.editMask(MaskEdit(added: [0..<3], removed: []))
    let more = Stroke.editMask(MaskEdit(added: [5..<7], removed: []))
    // a: drawn. b: drawn and taken back. c: accepted as drawn. d: drawn on since.
    for key in ["a.png", "b.png", "c.png", "d.png"] { try store.append(edit, to: ImageKey(key)) }
    try store.append(.undo, to: ImageKey("b.png"))
    for key in ["c.png", "d.png"] {
      try store.decide(
        Decision(image: ImageKey(key), state: .accepted, time: 1, score: nil),
        mask: Mask.leading(3))
    }
    try store.append(more, to: ImageKey("d.png"))
    #expect(store.changedKeys == [ImageKey("a.png"), ImageKey("d.png")])
    try store.append(.undo, to: ImageKey("d.png"))
    #expect(store.changedKeys == [ImageKey("a.png")])
  }
}
