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
    #expect(try store.acceptedCells(of: a)?.mask.width == 9)
  }

  @Test func `so is one that was accepted before and is kept`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let store = try ProjectStore.open(images: folder.url)
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
    try store.decide(Decision(image: a, state: .corrected, time: 2), mask: nil)
    try folder.image("a.png", width: 9)
    #expect(throws: ProjectError.replaced("a.png", mask: "6x4", image: "9x4")) {
      try store.decide(Decision(image: a, state: .accepted, time: 3), mask: nil)
    }
    #expect(store.decision(on: a)?.time == 2)
    // What leaves it without a mask rests on no size.
    try store.decide(Decision(image: a, state: .rejected, time: 4), mask: nil)
    #expect(store.entry(of: a).state == .rejected)
  }

  @Test(arguments: [nil, 0, 20])
  func `an image that cannot be read any more is not accepted, and its strokes are kept`(
    bytes: Int?
  ) throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let image = try folder.data("a.png")
    let store = try ProjectStore.open(images: folder.url)
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
    try store.append(.drawing(0..<7), to: a)
    try FileManager.default.removeItem(atPath: folder.path("a.png"))
    if let bytes { try folder.write(image.prefix(bytes), to: "a.png") }
    for mask in [Mask.leading(7), nil] {
      do throws(ProjectError) {
        try store.decide(Decision(image: a, state: .corrected, time: 2), mask: mask)
        Issue.record("it is accepted")
      } catch {
        guard case .unread(a, _) = error, error.isOfLostImage else { throw error }
        let told = ["'a.png'", "strokes are kept", "put the image back", "Ctrl-L"]
        for words in told { #expect("\(error)".contains(words)) }
        #expect(!"\(error)".contains("\n"))
      }
    }
    #expect(store.decision(on: a)?.time == 1)
    #expect(try store.acceptedCells(of: a)?.mask == .leading(5) && store.strokes(of: a).count == 1)
    try folder.write(image, to: "a.png")
    try store.decide(Decision(image: a, state: .corrected, time: 3), mask: .leading(7))
    try FileManager.default.removeItem(atPath: folder.path("a.png"))
    try store.decide(Decision(image: a, state: .rejected, time: 4), mask: nil)
    #expect(store.entry(of: a).state == .rejected)
  }

  @Test func `its mask is set aside, and nothing is deleted`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let store = try ProjectStore.open(images: folder.url)
    try store.append(.drawing(0..<5), to: a)
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(5))
    #expect(try store.setAsideMask(of: a, time: 2))
    #expect(try !store.setAsideMask(of: a, time: 3), "there is nothing left")
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.entry(of: a).state == .new && again.report.notices.isEmpty)
    #expect(again.strokes(of: a).count == 1)
    #expect(folder.listing.contains(".aura/withdrawn/a.png.png"))
  }
}
