import Files
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Cells as a project keeps them.
struct CellStoreTests {
  private let a = ImageKey("a.png")
  private let folder: TestFolder
  private let store: ProjectStore

  init() throws {
    folder = try TestFolder()
    for name in ["a.png", "b.png"] { try folder.image(name) }
    store = try ProjectStore.open(images: folder.url)
  }

  /// Three cells of 6x4 pixels, of which two touch and one is in two pieces.
  private static func cells(_ numbers: [UInt16] = [9, 2, 65_535]) -> LabelImage {
    var cells = LabelImage(width: 6, height: 4)
    cells.fill(0..<3, with: numbers[0])
    cells.fill(3..<6, with: numbers[1])
    for place in [18, 20] { cells.fill(place..<place + 1, with: numbers[2]) }
    return cells
  }

  private func version() throws -> Int? {
    let json = try JSONSerialization.jsonObject(with: folder.data(".aura/aura.json"))
    return (json as? [String: Any])?["version"] as? Int
  }

  private func accepted(_ time: Double = 1) -> Decision {
    Decision(image: a, state: .accepted, time: time)
  }

  @Test func `accepted and proposed cells keep their numbers, and how many they are is known`()
    throws
  {
    let (cells, proposed) = (Self.cells(), Self.cells([1, 1, 4]))
    try store.decide(accepted(), cells: cells)
    let b = ImageKey("b.png")
    try store.propose(proposed, Proposal(image: b, uncertainty: 0.5, run: "ft-01", time: 2))
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(try again.acceptedCells(of: a) == cells)
    #expect(try again.acceptedAnnotation(of: a) == Annotation(cells))
    #expect(try again.acceptedCells(of: a)?.mask == cells.mask)
    #expect(again.proposal(of: b)?.cells == proposed && again.proposal(of: b)?.line.cells == 2)
    #expect(again.entries.map(\.cells) == [3, 2] && again.decision(on: a)?.cells == 3)
    for name in ["masks/a.png.png", "proposals/b.png.png"] {
      let image = try ImageFile.read(again.folder.appending(path: name))
      #expect(image.bitDepth == 16, "however few cells there are")
      #expect(image.values.max() == (name.hasPrefix("m") ? 65_535 : 4))
    }
    #expect(throws: ProjectError.maskSize("a.png", mask: "6x4", image: "7x4")) {
      try again.acceptedCells(of: a, expecting: (7, 4))
    }
  }

  @Test func `one cell is as much a cell as many, and none is none`() throws {
    for cells in [LabelImage(width: 6, height: 4), LabelImage(piecesOf: .leading(7))] {
      try store.decide(accepted(), cells: cells)
      #expect(try store.acceptedAnnotation(of: a)?.cells == cells)
      #expect(store.entry(of: a).cells == cells.cells.count)
      let file = store.folder.appending(path: "masks/a.png.png")
      #expect(try ImageFile.read(file).bitDepth == 16)
    }
  }

  @Test func `the number of cells goes with the mask that it is of`() throws {
    try store.decide(accepted(), cells: Self.cells())
    try store.decide(Decision(image: a, state: .corrected, time: 2, cells: 99), cells: nil)
    #expect(store.entry(of: a).cells == 3, "they are the cells that were accepted before")
    try store.decide(Decision(image: a, state: .rejected, time: 3, cells: 99), cells: Self.cells())
    #expect(store.entry(of: a).cells == nil && store.decision(on: a)?.cells == nil)
    try store.propose(Self.cells(), Proposal(image: a, uncertainty: 1, run: "r", time: 4, cells: 7))
    #expect(store.entry(of: a).cells == 3 && store.entry(of: a).state == .proposed)
    try store.decide(accepted(5), mask: Self.cells().mask)
    #expect(store.entry(of: a).cells == 3, "two touch, one is in two pieces")
    #expect(try store.setAsideMask(of: a, time: 6))
    #expect(store.decision(on: a)?.cells == nil && store.entry(of: a).state == .proposed)
    store.close()
    // A line of the version before says nothing of it.
    let line = #"{"image":"a.png","state":"accepted","time":9}"# + "\n"
    try folder.write(Data(line.utf8), to: ".aura/review.jsonl")
    try folder.mask(".aura/masks/a.png.png")
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.entry(of: a).state == .accepted && again.entry(of: a).cells == nil)
    try again.decide(Decision(image: a, state: .corrected, time: 10), cells: nil)
    #expect(again.entry(of: a).cells == nil)
  }

  @Test func `cells that were never counted are counted when that is asked for`() throws {
    try store.decide(accepted(), cells: Self.cells())
    #expect(store.uncountedKeys.isEmpty)
    store.close()
    try folder.write(
      Data((#"{"image":"a.png","state":"accepted","time":1}"# + "\n").utf8),
      to: ".aura/review.jsonl")
    try folder.write(
      Data((#"{"image":"b.png","uncertainty":0.5,"run":"r","time":1}"# + "\n").utf8),
      to: ".aura/proposals.jsonl")
    for name in ["masks/a.png.png", "proposals/b.png.png"] {
      try folder.write(LabelFile.encode(Self.cells()), to: ".aura/\(name)")
    }
    let b = ImageKey("b.png")
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.uncountedKeys == [a, b])
    #expect(again.countCells(of: a, mostPixels: 23) == nil && again.uncountedKeys == [a, b])
    #expect(again.countCells(of: a, mostPixels: 24) == 3 && again.uncountedKeys == [b])
    #expect(again.countCells(of: b, mostPixels: 24) == 3 && again.uncountedKeys.isEmpty)
    #expect(again.entries.map(\.cells) == [3, 3])
    // What is decided without other cells goes on with the number.
    try again.decide(Decision(image: a, state: .corrected, time: 2), cells: nil)
    #expect(again.decision(on: a)?.cells == 3)
    try folder.write(Data("no picture".utf8), to: ".aura/proposals/b.png.png")
    again.close()
    let third = try ProjectStore.open(images: folder.url)
    #expect(third.uncountedKeys == [b] && third.countCells(of: b, mostPixels: 24) == nil)
  }

  @Test func `what nobody annotated stays so through any number of acceptances`() throws {
    store.close()
    let column = Mask(width: 6, height: 4, pixels: (0..<24).map { $0 % 6 == 2 ? 1 : 0 })
    let cells = Self.cells([9, 2, 30])
    // A file of Aura's among masks that are taken over says it too.
    try folder.write(LabelFile.encode(cells, unknown: column), to: "masks/a.png")
    let again = try ProjectStore.open(images: folder.url)
    #expect(try again.takeFoundMasks(values: nil, time: 1)?.imported == [a])
    func expect(_ cells: LabelImage, _ unknown: [Int]) throws {
      let found = try #require(try again.acceptedAnnotation(of: a))
      #expect(found.cells == cells)
      #expect(found.unknown?.pixels.indices.filter { found.unknown?.pixels[$0] == 1 } == unknown)
    }
    // Those of cells are annotated.
    try expect(cells, [8, 14])
    var larger = cells
    larger.fill(8..<9, with: 9)
    try again.decide(accepted(2), cells: larger)
    try expect(larger, [14])
    try again.decide(accepted(3), cells: cells)
    try expect(cells, [14])
    try again.decide(accepted(4), cells: nil)
    try expect(cells, [14])
  }

  @Test func `an older program is told before the first line or file that it would misread`() throws
  {
    #expect(try version() == 1 && store.settings.version == 1)
    let harmless: [Stroke] = [
      .on(.unknown), .undo, .redo, .editMask(MaskEdit(added: [0..<2])), .adoptMask(MaskEdit()),
    ]
    for stroke in harmless { try store.append(stroke, to: a) }
    try store.decide(Decision(image: a, state: .rejected, time: 1), mask: nil)
    try store.update { $0.name = "x" }
    #expect(try version() == 1)
    let steps: [(ProjectStore) throws -> Void] = [
      { try $0.append(.drawing(0..<2), to: a) },
      { try $0.append(.adopt(LabelStroke([])), to: a) },
      { try $0.append(.relabel(Relabelling([1: 2])), to: a) },
      { try $0.decide(accepted(), cells: Self.cells()) },
      { try $0.decide(accepted(), mask: .leading(1)) },
      { try $0.propose(Self.cells(), Proposal(image: a, uncertainty: 0, run: "r", time: 1)) },
    ]
    for step in steps {
      let other = try TestFolder()
      try other.image("a.png")
      let fresh = try ProjectStore.open(images: other.url)
      // Where it cannot be told, nothing of it is written.
      let settings = fresh.folder.appending(path: "aura.json")
      let before = try Data(contentsOf: settings)
      try FileManager.default.removeItem(at: settings)
      try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: false)
      #expect(throws: ProjectError.self) { try step(fresh) }
      let written = other.listing.filter { $0.hasSuffix(".png.png") }
      #expect(written.isEmpty && fresh.strokes(of: a).isEmpty && fresh.decision(on: a) == nil)
      try FileManager.default.removeItem(at: settings)
      try before.write(to: settings)
      try step(fresh)
      let text = try String(contentsOf: settings, encoding: .utf8)
      #expect(text.contains(#""version" : 2"#) && fresh.settings.version == 2)
      fresh.close()
      #expect(try ProjectStore.open(images: other.url).settings.version == 2)
    }
  }

  @Test func `masks of more pieces than there are numbers are accepted whole`() throws {
    let side = 520
    try folder.image("large.png", width: side, height: side)
    let dots = (0..<side * side).map { $0 % side % 2 == 0 && $0 / side % 2 == 0 ? 1 : 0 as UInt8 }
    let mask = Mask(width: side, height: side, pixels: dots)
    #expect(LabelImage(componentsOf: mask) == nil)
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    let key = ImageKey("large.png")
    try again.decide(Decision(image: key, state: .accepted, time: 1), mask: mask)
    #expect(try again.acceptedCells(of: key)?.mask == mask)
    #expect(again.entry(of: key).cells == 65_535)
    let runs = mask.pixels.indices.filter { mask.pixels[$0] == 1 }.map { $0..<$0 + 1 }
    var draft = DraftHistory(
      width: side, height: side, strokes: [.editMask(MaskEdit(added: runs))])
    #expect(Mask(draft.mask) == mask)
    #expect(try again.acceptedCells(of: key) == LabelImage(draft.labels))
    draft.apply(.undo)
    #expect(draft.mask.area == 0)
  }

  @Test func `a copy of the labels has the same bytes, and tells older programs too`() throws {
    try store.append(.editMask(MaskEdit(added: [1..<2])), to: a)
    let old = MaskFile.encode(.leading(5))
    try folder.write(old, to: ".aura/masks/b.png.png")
    store.close()
    let line = #"{"image":"b.png","state":"accepted","time":9}"# + "\n"
    try folder.write(Data(line.utf8), to: ".aura/review.jsonl")
    let again = try ProjectStore.open(images: folder.url)
    let first = folder.url.appending(path: "first")
    // Nothing tells cells apart so far, but a stroke that could not be written does.
    _ = try again.writeElsewhere(first, adding: [])
    #expect(again.settings.version == 1)
    let second = folder.url.appending(path: "second")
    _ = try again.writeElsewhere(second, adding: [(.drawing(0..<3, of: 8), a)])
    #expect(again.settings.version == 2)
    try again.decide(accepted(), cells: Self.cells())
    try again.propose(Self.cells(), Proposal(image: a, uncertainty: 0, run: "r", time: 2))
    _ = try again.writeElsewhere(folder.url.appending(path: "third"), adding: [])
    #expect(try folder.data("first/masks/b.png.png") == old)
    for name in ["masks/a.png.png", "masks/b.png.png", "proposals/a.png.png", "strokes.jsonl"] {
      #expect(try folder.data("third/\(name)") == folder.data("second/\(name)"), "\(name)")
    }
    again.close()
    for (name, version, strokes) in [("first", 1, 1), ("second", 2, 2), ("third", 2, 2)] {
      let copy = try ProjectStore.open(
        images: folder.url, project: folder.url.appending(path: name))
      #expect(copy.settings.version == version && copy.strokes(of: a).count == strokes)
    }
  }

  @Test func `how unsure a network is of each cell lies in the proposal's file, or is not known`()
    throws
  {
    let doubts: [LabelImage.Label: Double] = [9: 0.2, 2: 1, 65_535: 0]
    let line = Proposal(image: a, uncertainty: 0.5, run: "ft-01", time: 2)
    try store.propose(Self.cells(), line, doubts: doubts)
    #expect(store.proposal(of: a)?.doubts == doubts)
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.proposal(of: a)?.doubts == doubts)
    #expect(again.proposal(of: a)?.cells == Self.cells())
    // As the version before wrote it.
    try folder.write(LabelFile.encode(Self.cells()), to: ".aura/proposals/a.png.png")
    #expect(again.proposal(of: a)?.doubts == [:])
    #expect(again.proposal(of: a)?.cells == Self.cells())
  }
}
