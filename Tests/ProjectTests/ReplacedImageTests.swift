import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// An image whose file is replaced by one of another size.
struct ReplacedImageTests {
  private let a = ImageKey("a.png")

  @Test func `a mask of another size than its image has on disk is not saved`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let store = try ProjectStore.open(images: folder.url)
    try folder.image("a.png", width: 9)
    #expect(throws: ProjectError.replaced("a.png", mask: "6x4", image: "9x4")) {
      try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
    }
    #expect(store.entry(of: a).state == .new && !folder.listing.contains(".aura/masks"))
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5, width: 9))
    #expect(try store.acceptedMask(of: a)?.width == 9)
  }

  @Test func `what was done before is set aside, and nothing of it is deleted`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let store = try ProjectStore.open(images: folder.url)
    let edits: [Stroke] = [
      .edit(MaskEdit(added: [0..<5])), .edit(MaskEdit(added: [7..<9])), .undo,
    ]
    for stroke in edits { try store.append(stroke, to: a) }
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
    #expect(try store.setAside(a, time: 2))
    #expect(try !store.setAside(a, time: 3), "there is nothing left")
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.entry(of: a).state == .new && again.report.notices.isEmpty)
    #expect(again.strokes(of: a) == edits + [.undo])
    #expect(folder.listing.contains(".aura/withdrawn/a.png.png"))
    for width in [6, 9] {
      let draft = DraftHistory(width: width, height: 4, strokes: again.strokes(of: a))
      #expect(!draft.canUndo && draft.mask.area == 0)
    }
  }
}
