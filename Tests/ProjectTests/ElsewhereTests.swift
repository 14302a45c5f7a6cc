import Files
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// A project whose folder goes from under it, and its labels written elsewhere.
struct ElsewhereTests {
  private let a = ImageKey("a.png")
  private let b = ImageKey("plate/b.tif")
  private let folder: TestFolder
  private let store: ProjectStore

  init() throws {
    folder = try TestFolder()
    for name in ["a.png", "plate/b.tif"] { try folder.image(name) }
    do {
      let before = try ProjectStore.open(images: folder.url)
      try before.decide(Decision(image: b, state: .accepted, time: 1), mask: .leading(3))
    }
    store = try ProjectStore.open(images: folder.url)
    try store.append(.drawing(0..<5), to: a)
  }

  private func move(_ name: String, to target: String) throws {
    try FileManager.default.moveItem(atPath: folder.path(name), toPath: folder.path(target))
  }

  /// What each kind of writing comes to.
  private func writeAll() -> [ProjectError?] {
    func trouble(_ body: () throws(ProjectError) -> Void) -> ProjectError? {
      do throws(ProjectError) {
        try body()
        return nil
      } catch {
        return error
      }
    }
    let decision = Decision(image: a, state: .accepted, time: 2)
    let proposal = Proposal(image: a, uncertainty: 0.5, run: "ft-01", time: 3)
    return [
      trouble { () throws(ProjectError) in try store.append(.undo, to: a) },
      trouble { () throws(ProjectError) in try store.decide(decision, mask: .leading(5)) },
      trouble { () throws(ProjectError) in try store.propose(.leading(1), proposal) },
      trouble { () throws(ProjectError) in try store.update { _ in } },
      trouble { () throws(ProjectError) in _ = try store.newRun() },
      trouble { () throws(ProjectError) in _ = try store.setAsideMask(of: b, time: 4) },
    ]
  }

  @Test(arguments: ["strokes.jsonl", "review.jsonl", "proposals.jsonl"])
  func `a journal that another program replaces is told, and nothing is called saved`(
    name: String
  ) throws {
    let path = folder.path(".aura/" + name)
    let bytes = try Data(contentsOf: URL(filePath: path))
    try FileManager.default.removeItem(atPath: path)
    try bytes.write(to: URL(filePath: path))
    #expect(writeAll().allSatisfy { $0 == .exchanged(path) })
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    #expect(store.entries.map(\.state) == [.new, .accepted] && store.strokes(of: a).count == 1)
  }

  @Test func `a folder that is moved is told with its new place, and none is made anew`() throws {
    try move(".aura", to: "other")
    let before = folder.listing
    let moved = ProjectError.moved(folder.path(".aura"), to: folder.path("other"))
    #expect(writeAll().allSatisfy { $0 == moved })
    #expect(folder.listing == before)
    #expect(store.entries.map(\.state) == [.new, .accepted] && store.strokes(of: a).count == 1)
    // Put back, all goes on as if nothing had been.
    try move("other", to: ".aura")
    #expect(writeAll().allSatisfy { $0 == nil })
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.strokes(of: a) == [.drawing(0..<5), .undo])
    #expect(again.entries.map(\.state) == [.accepted, .new])
  }

  @Test func `so is the folder of images with the project in it, and another of its name`() throws {
    let images = try TestFolder()
    try images.image("set/a.png")
    let inner = try ProjectStore.open(images: images.url.appending(path: "set"))
    try FileManager.default.moveItem(atPath: images.path("set"), toPath: images.path("moved"))
    try FileManager.default.copyItem(atPath: images.path("moved"), toPath: images.path("set"))
    let texts = try images.data("set/.aura/strokes.jsonl")
    let moved = ProjectError.moved(
      images.path("set/.aura"), to: images.path("moved/.aura"))
    #expect(throws: moved) { try inner.append(.undo, to: a) }
    #expect(try images.data("set/.aura/strokes.jsonl") == texts)
  }

  @Test func `what is written while the folder goes does not count, and is taken back`() throws {
    let line = StrokeLine(image: a, stroke: .undo)
    #expect(throws: ProjectError.self) {
      try store.write { writer throws(ProjectError) in
        try writer.strokes.append(line)
        try ProjectError.filing(
          AtomicWrite.rename(
            folder.url.appending(path: ".aura"), to: folder.url.appending(path: "other")))
      }
    }
    try move("other", to: ".aura")
    try store.append(.redo, to: a)
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.strokes(of: a) == [.drawing(0..<5), .redo])
  }

  @Test(arguments: [false, true])
  func `labels are written elsewhere, and work goes on there`(isDeleted: Bool) throws {
    try store.decide(Decision(image: a, state: .corrected, time: 2), mask: .leading(5))
    let proposal = Proposal(image: b, uncertainty: 0.5, run: "ft-01", time: 3)
    try store.propose(.leading(2), proposal)
    if isDeleted {
      try FileManager.default.removeItem(atPath: folder.path(".aura"))
    } else {
      try move(".aura", to: "other")
    }
    let target = folder.url.appending(path: "new/copy")
    let notices = try store.writeElsewhere(target, adding: [(.undo, a), (.redo, a)])
    #expect(notices.count == (isDeleted ? 1 : 0))
    try store.append(.undo, to: a)
    #expect(store.folder.path == target.path)
    store.close()
    let again = try ProjectStore.open(images: folder.url, project: target)
    #expect(again.report.notices.isEmpty)
    #expect(
      again.strokes(of: a) == [.drawing(0..<5), .undo, .redo, .undo])
    // What was accepted since the opening outlives its folder; what was before is told.
    #expect(try again.acceptedCells(of: a)?.mask == .leading(5))
    #expect(again.entries.map(\.state) == [.corrected, isDeleted ? .new : .accepted])
    #expect(try again.acceptedCells(of: b)?.mask == (isDeleted ? nil : .leading(3)))
    #expect(again.proposal(of: b)?.mask == (isDeleted ? nil : .leading(2)))
    #expect(again.settings == store.settings)
    #expect(!folder.listing.contains(".aura"))
  }

  @Test func `a copy replaces nothing but a project without labels, which is put aside`() throws {
    try folder.write(Data("mine".utf8), to: "full/notes.txt")
    let before = folder.listing
    // The project's own folder is no place for it either.
    for name in ["full", ".aura"] {
      #expect(throws: ProjectError.notEmpty(folder.path(name))) {
        try store.writeElsewhere(folder.url.appending(path: name), adding: [])
      }
    }
    #expect(folder.listing == before)
    let empty = folder.url.appending(path: "empty")
    try ProjectStore.open(images: folder.url, project: empty).close()
    _ = try store.writeElsewhere(empty, adding: [])
    #expect(store.labelledKeys == [b] && store.folder.path == empty.path)
    #expect(folder.listing.contains("empty.empty-1/aura.json"))
    // The project itself is what it was.
    let old = try ProjectStore.open(images: folder.url)
    #expect(old.labelledKeys == [b] && old.strokes(of: a).count == 1)
  }
}
