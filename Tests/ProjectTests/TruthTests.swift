import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Where the masks of labels came from, and which images belong together.
struct TruthTests {
  private let key = ImageKey("a.png")
  private let folder: TestFolder
  private let store: ProjectStore

  init() throws {
    folder = try TestFolder()
    try folder.image("a.png", width: 20, height: 20)
    store = try ProjectStore.open(images: folder.url)
  }

  /// Bars of two rows, each a cell of a number and a length.
  private static func cells(_ bars: [(number: UInt16, length: Int)]) -> LabelImage {
    var cells = LabelImage(width: 20, height: 20)
    for (place, bar) in bars.enumerated() {
      for row in [4 * place, 4 * place + 1] {
        cells.fill(20 * row..<20 * row + bar.length, with: bar.number)
      }
    }
    return cells
  }

  private func propose(_ cells: LabelImage) throws {
    try store.propose(cells, Proposal(image: key, uncertainty: 0.5, run: "ft-01", time: 1))
  }

  private func accept(_ cells: LabelImage, _ state: ReviewState = .accepted) throws {
    try store.decide(Decision(image: key, state: state, time: 2), cells: cells)
  }

  @Test func `a mask is a person's unless a proposal is in it`() throws {
    #expect(!store.isFromNetwork(key))
    try accept(Self.cells([(1, 10)]))
    #expect(!store.isFromNetwork(key), "nothing was proposed")
  }

  @Test(
    arguments: [
      ([(1, 10), (2, 8)], true), ([(7, 10), (9, 8)], true), ([(1, 10), (2, 3)], true),
      ([(1, 9), (2, 7)], false), ([(1, 11), (2, 12)], false),
    ] as [([(UInt16, Int)], Bool)])
  func `one cell that is as it was proposed tells that the network drew it`(
    bars: [(UInt16, Int)], isFromNetwork: Bool
  ) throws {
    try propose(Self.cells([(1, 10), (2, 8)]))
    #expect(!store.isFromNetwork(key), "it is not accepted yet")
    try accept(Self.cells(bars.map { (number: $0.0, length: $0.1) }))
    #expect(store.isFromNetwork(key) == isFromNetwork)
  }

  @Test func `a corrected mask came from the network, and an empty proposal can be accepted`()
    throws
  {
    try propose(Self.cells([]))
    try accept(Self.cells([]))
    #expect(store.isFromNetwork(key))
    try accept(Self.cells([(1, 12)]))
    #expect(!store.isFromNetwork(key))
    try accept(Self.cells([(1, 12)]), .corrected)
    #expect(store.isFromNetwork(key))
  }

  @Test func `pages of a file and frames of a sequence belong together`() {
    let names = [
      "a.tif#1", "a.tif#12", "b/a.tif#1", "well3_t001.png", "well3_t12.png", "well4_t001.png",
      "x-t01_c1.png", "x-t02_c1.png", "x-t02_c2.png", "cat01.png", "cat02.png", "7.png",
    ]
    let members = ImageGroups(sequencesOf: names.map { ImageKey($0) }).members(
      of: names.map { ImageKey($0) })
    #expect(
      Set(members.map { Set($0.map(\.text)) }) == [
        ["a.tif#1", "a.tif#12"], ["b/a.tif#1"], ["well3_t001.png", "well3_t12.png"],
        ["well4_t001.png"], ["x-t01_c1.png", "x-t02_c1.png"], ["x-t02_c2.png"], ["cat01.png"],
        ["cat02.png"], ["7.png"],
      ])
  }

  @Test func `what a run was measured by comes back as it was written, and goes`() throws {
    let folder = try TestFolder()
    let run = RunFolder(id: "run", url: folder.url)
    #expect(run.crossValidation == nil)
    var measured = CrossValidation(
      folds: 3, steps: 9, fromNetwork: [ImageKey("a, b.png")], basis: "x")
    measured.scores = [.init(image: key, fold: 1, iou: 0.5, cellF1: 0.25, countError: 1.5)]
    measured.foldsDone = 1
    try run.write(measured)
    #expect(run.crossValidation == measured && folder.listing == ["crossvalidation.json"])
    run.removeCrossValidation()
    #expect(run.crossValidation == nil && folder.listing.isEmpty)
  }
}
