import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing

@testable import Workflows

/// Cells of projects from before they were counted.
struct OpeningCountTests {
  /// A project with accepted masks, of whose cells no journal says how many they are.
  private static func store(_ folder: TestFolder, images: Int) throws -> ProjectStore {
    var lines = ""
    for place in 0..<images {
      let name = "\(100 + place).png"
      try folder.image(name)
      lines += #"{"image":"\#(name)","state":"accepted","time":1}"# + "\n"
    }
    let store = try ProjectStore.open(images: folder.url)
    try store.decide(
      Decision(image: ImageKey("100.png"), state: .accepted, time: 1), mask: .leading(3))
    store.close()
    for place in 0..<images { try folder.mask(".aura/masks/\(100 + place).png.png") }
    try folder.write(Data(lines.utf8), to: ".aura/review.jsonl")
    return try ProjectStore.open(images: folder.url)
  }

  @Test func `cells are counted image by image, told in batches, and no more images than told`()
    throws
  {
    let folder = try TestFolder()
    let store = try Self.store(folder, images: 25)
    #expect(store.uncountedKeys.count == 25)
    var told: [[ImageKey: Int]] = []
    OpeningCount.run(store, most: 22, stop: StopRequest()) { told.append($0) }
    #expect(told.map(\.count) == [20, 2])
    #expect(told.allSatisfy { $0.values.allSatisfy { $0 == 1 } })
    #expect(store.uncountedKeys.count == 3)
    told = []
    OpeningCount.run(store, stop: StopRequest()) { told.append($0) }
    OpeningCount.run(store, stop: StopRequest()) { told.append($0) }
    #expect(told.map(\.count) == [3], "each is counted once")
  }

  @Test func `nothing is read any more once the workbench is left`() throws {
    let folder = try TestFolder()
    let store = try Self.store(folder, images: 2)
    let stop = StopRequest()
    stop.giveUp()
    OpeningCount.run(store, stop: stop) { _ in Issue.record("told") }
    #expect(store.uncountedKeys.count == 2)
  }
}
