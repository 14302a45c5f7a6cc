import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Proposals that are accepted unseen because they are estimated to be good.
struct AcceptanceTests {
  private static func key(_ name: String) -> ImageKey { ImageKey("\(name).png") }

  private let folder: TestFolder
  private let store: ProjectStore

  /// Images a to f: a and b are estimated good, c bad, d empty, e is of before there were estimates, f is not proposed.
  init() throws {
    folder = try TestFolder()
    for name in ["a", "b", "c", "d", "e", "f"] { try folder.image("\(name).png") }
    store = try ProjectStore.open(images: folder.url)
    for (name, quality, area) in [("a", 0.9, 7), ("b", 0.8, 9), ("c", 0.79, 5), ("d", 0, 0)] {
      try store.propose(
        .leading(area),
        Proposal(
          image: Self.key(name), uncertainty: 0.1, quality: quality, run: "ft-01", time: 2))
    }
    try store.propose(
      .leading(3), Proposal(image: Self.key("e"), uncertainty: 0, run: "ft-01", time: 2))
  }

  private func state(_ name: String) -> ReviewState { store.entry(of: Self.key(name)).state }

  private func reasons(_ result: BulkAcceptance) -> [String: String] {
    Dictionary(uniqueKeysWithValues: result.left.map { ($0.image.text, $0.why) })
  }

  @Test func `an estimate is kept with its proposal, and read again`() throws {
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.entries.map(\.quality) == [0.9, 0.8, 0.79, 0, nil, nil])
    #expect(again.proposal(of: Self.key("a"))?.line.quality == 0.9)
  }

  @Test func `all above a figure are accepted, and of the others it is said why not`() throws {
    let planned = store.acceptance(above: 0.8)
    #expect(store.entries.allSatisfy { !$0.state.hasMask }, "nothing is done so far")
    let result = try store.acceptProposals(above: 0.8, time: 5)
    #expect(result == planned)
    #expect(result.taken.map(\.image) == [Self.key("a"), Self.key("b")])
    #expect(result.taken.map(\.quality) == [0.9, 0.8])
    #expect(
      reasons(result) == [
        "c.png": "below the figure", "d.png": "below the figure",
        "e.png": "proposed before qualities were estimated",
      ])
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(
      again.entries.map(\.state) == [.accepted, .accepted, .proposed, .proposed, .proposed, .new])
    #expect(try again.acceptedCells(of: Self.key("b"))?.mask == .leading(9))
    let decision = Decision(
      image: Self.key("b"), state: .accepted, time: 5, score: 0.1, cells: 1, above: 0.8)
    #expect(again.decision(on: Self.key("b")) == decision)
  }

  @Test func `an empty mask is above no figure, however low`() throws {
    let result = try store.acceptProposals(above: 0, time: 5)
    #expect(result.taken.map(\.image.text) == ["a.png", "b.png", "c.png"])
    #expect(state("d") == .proposed)
  }

  @Test func `what somebody drew on is his to accept, and what is decided stays`() throws {
    try store.append(.editMask(MaskEdit(added: [0..<5])), to: Self.key("a"))
    try store.decide(Decision(image: Self.key("b"), state: .rejected, time: 3), cells: nil)
    let result = try store.acceptProposals(above: 0.5, time: 5)
    #expect(result.taken.map(\.image.text) == ["c.png"])
    #expect(reasons(result)["a.png"] == "drawn on, and not accepted")
    #expect(reasons(result)["b.png"] == nil)
    #expect(state("a") == .proposed && state("b") == .rejected)
  }

  @Test func `a proposal without its cells, and one of a replaced image, cost only themselves`()
    throws
  {
    try FileManager.default.removeItem(at: store.folder.appending(path: "proposals/a.png.png"))
    try folder.image("b.png", width: 9, height: 9)
    let result = try store.acceptProposals(above: 0.5, time: 5)
    #expect(result.taken.map(\.image.text) == ["c.png"])
    #expect(reasons(result)["a.png"] == "its proposed cells cannot be read")
    #expect(reasons(result)["b.png"]?.contains("6x4") == true)
  }

  @Test func `the newest acceptance is taken back as one, and only what it did`() throws {
    try store.decide(
      Decision(image: Self.key("f"), state: .accepted, time: 5), mask: .leading(2))
    _ = try store.acceptProposals(above: 0.85, time: 6)
    _ = try store.acceptProposals(above: 0.5, time: 7)
    #expect(state("a") == .accepted && state("b") == .accepted && state("c") == .accepted)
    try store.append(.editMask(MaskEdit(added: [0..<5])), to: Self.key("c"))
    #expect(try store.takeBackAcceptance(time: 8) == [Self.key("b")])
    #expect(state("a") == .accepted && state("b") == .proposed)
    #expect(state("c") == .accepted, "it was drawn on since")
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.entry(of: Self.key("b")).state == .proposed)
    #expect(again.entry(of: Self.key("b")).quality == 0.8)
    #expect(try again.acceptedCells(of: Self.key("b")) == nil)
    #expect(try again.acceptProposals(above: 0.8, time: 9).taken.map(\.image) == [Self.key("b")])
  }

  @Test func `without such an acceptance nothing is taken back`() throws {
    try store.decide(
      Decision(image: Self.key("f"), state: .accepted, time: 5), mask: .leading(2))
    #expect(try store.takeBackAcceptance(time: 8) == [])
    #expect(state("f") == .accepted)
  }
}
