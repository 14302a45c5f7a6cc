import Foundation
import Imaging
import Project
import Recipes
import TestSupport
import Testing
import Training
import WorkflowTesting

@testable import Workflows

struct LabelSuggestionTests {
  @Test func `images that can be looked at are suggested once, by each order`() throws {
    let folder = try TestFolder()
    let weights = try folder.weights(of: .unet)
    for index in 1...3 {
      try folder.image("images/\(index).png", width: 30 + 9 * index, height: 40)
    }
    try folder.write(Data("torn".utf8), to: "torn.png")
    let images = try ImageFolder(folder.path("images")).images
    let torn = ImageSource(
      key: ImageKey("torn.png"), file: URL(filePath: folder.path("torn.png")), page: 0)
    let predictor = try NetworkFile(weights).predictor(size: 64, views: .one, threads: 1)
    let states = LabelStates(open: images + [torn], labelled: [])
    for order in LabelOrder.allCases {
      var (told, asked) = ([] as [[Int]], 0)
      let found = try #require(
        predictor.suggest(among: states, by: order, seed: 3) { _ in
          asked += 1
          return 0.5
        } progress: {
          told.append([$0, $1])
        })
      #expect(found.order == order)
      // A random order looks at nothing, so that it does not see what cannot be read.
      let keys = (order.needsLooks ? images : states.open).map(\.key)
      #expect(Set(found.images) == Set(keys) && found.images.count == keys.count)
      let looks = order.needsLooks ? (order.needsUncertainty ? 6 : 3) : 0
      #expect(told == (0..<looks).map { [$0, looks] })
      #expect(asked == (order.needsUncertainty ? 3 : 0))
    }
    // What is labelled counts as chosen.
    let later = predictor.suggest(
      among: LabelStates(open: [images[2]], labelled: Array(images.prefix(2))), by: .cover,
      uncertainty: { _ in nil }, progress: { _, _ in })
    #expect(later?.images == [images[2].key])
    let stopped = predictor.suggest(
      among: states, by: .cover, uncertainty: { _ in nil }, isStopped: { true },
      progress: { _, _ in })
    #expect(stopped == nil)
  }

  @Test func `what is rejected is neither open nor labelled`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c", "d"] { try folder.image("\(name).png") }
    let store = try ProjectStore.open(images: folder.url)
    defer { store.close() }
    try store.decide(Decision(image: store.keys[0], state: .accepted, time: 1), mask: .leading(5))
    try store.decide(Decision(image: store.keys[2], state: .rejected, time: 1), mask: nil)
    #expect(store.labelStates.open.map(\.key.text) == ["b.png", "d.png"])
    #expect(store.labelStates.labelled.map(\.key.text) == ["a.png"])
    let images = try ImageFolder(folder.url.path)
    let states = images.labelStates(by: try images.masks(in: nil, values: nil, areRead: false))
    #expect(states.open.map(\.key.text) == ["b.png", "d.png"])
    #expect(states.labelled.map(\.key.text) == ["a.png"])
  }
}
