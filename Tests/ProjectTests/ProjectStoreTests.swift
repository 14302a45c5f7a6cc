import Files
import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ProjectStoreTests {
  private let a = ImageKey("a.png")
  private let b = ImageKey("plate/b.tif")

  @Test func `strokes, decisions, proposals and settings are there after opening again`() throws {
    let folder = try project()
    let strokes: [Stroke] = [.drawing(2..<7), .undo, .redo]
    let found = FoundSize(
      size: 512, referenceSide: 520, cellDiameter: 40.5,
      looks: [
        FoundSize.Look(size: 384, agreement: nil, seconds: 0.5),
        FoundSize.Look(size: 512, agreement: 0.875, seconds: 1),
      ])
    do {
      let store = try ProjectStore.open(images: folder.url)
      #expect(store.entries.map(\.state) == [.new, .new])
      for stroke in strokes { try store.append(stroke, to: b) }
      try store.decide(
        Decision(image: b, state: .corrected, time: 5, score: 0.4), mask: .leading(5))
      try store.propose(
        .leading(3), Proposal(image: a, uncertainty: 0.25, run: "ft-01", time: 6))
      try store.update {
        $0.workingSize = 128
        $0.foundSize = found
        $0.maskValues = .black
      }
    }
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.keys == [a, b])
    #expect(store.strokes(of: b) == strokes)
    #expect(
      store.entry(of: b)
        == ProjectEntry(key: b, state: .corrected, uncertainty: nil, proposedBy: nil, cells: 1))
    #expect(
      store.entry(of: a)
        == ProjectEntry(
          key: a, state: .proposed, uncertainty: 0.25, proposedBy: "ft-01", cells: 1))
    #expect(try store.acceptedCells(of: b)?.mask == .leading(5))
    #expect(try store.acceptedCells(of: a)?.mask == nil)
    #expect(store.proposal(of: a)?.mask == .leading(3))
    #expect(store.settings.workingSize == 128 && store.settings.maskValues == .black)
    #expect(store.settings.foundSize == found)
    #expect(store.labelledKeys == [b])
    #expect(store.report.notices.isEmpty)
    let kept = store.folder.appending(path: "masks/plate/b.tif.png")
    #expect(try MaskFile.read(kept, rule: .project).mask.area == 5)
  }

  @Test func `the order in which to label is kept, and none where there was none`() throws {
    let folder = try project()
    do {
      let store = try ProjectStore.open(images: folder.url)
      #expect(store.suggestedImages == [])
      try store.suggest([a, b])
      try store.suggest([b, a])
    }
    #expect(try ProjectStore.open(images: folder.url).suggestedImages == [b, a])
    try folder.write(Data("torn".utf8), to: ".aura/suggested.json")
    #expect(try ProjectStore.open(images: folder.url).suggestedImages == [])
  }

  @Test func `a kill between mask and line leaves a mask that does not count`() throws {
    let folder = try project()
    try ProjectStore.open(images: folder.url).close()
    try folder.mask(".aura/masks/a.png.png")
    try folder.write(Data([1]), to: ".aura/masks/.x.aura-tmp")
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.entry(of: a).state == .new)
    #expect(try store.acceptedCells(of: a)?.mask == nil)
    #expect(store.report.leftovers == 1)
    #expect(throws: ProjectError.noMask("a.png")) {
      try store.decide(Decision(image: a, state: .accepted, time: 1), mask: nil)
    }
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(7))
    #expect(try store.acceptedCells(of: a)?.mask == .leading(7))
  }

  @Test func `rejecting withdraws the mask and a newer proposal counts again`() throws {
    let folder = try project()
    let store = try ProjectStore.open(images: folder.url)
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(7))
    try store.decide(Decision(image: a, state: .corrected, time: 2), mask: nil)
    #expect(try store.acceptedCells(of: a)?.mask == .leading(7))
    try store.decide(Decision(image: a, state: .rejected, time: 3), mask: nil)
    #expect(try store.acceptedCells(of: a)?.mask == nil)
    #expect(folder.listing.contains(".aura/withdrawn/a.png.png"))
    #expect(!folder.listing.contains(".aura/masks/a.png.png"))
    try store.propose(.leading(1), Proposal(image: a, uncertainty: 0.5, run: "ft-01", time: 2.5))
    #expect(store.entry(of: a).state == .rejected)
    try store.propose(.leading(1), Proposal(image: a, uncertainty: 0.5, run: "ft-02", time: 4))
    #expect(store.entry(of: a).state == .proposed)
  }

  @Test func `an accepted mask that is gone is told and the image is new`() throws {
    let folder = try project()
    do {
      let store = try ProjectStore.open(images: folder.url)
      try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(7))
      try store.decide(Decision(image: b, state: .accepted, time: 1), mask: .leading(8))
    }
    try FileManager.default.removeItem(at: folder.url.appending(path: ".aura/masks/a.png.png"))
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.entry(of: a).state == .new)
    #expect(store.report.missingMasks == [a])
    #expect(store.report.notices.count == 1)
    #expect(try store.acceptedCells(of: b)?.mask == .leading(8))
  }

  @Test func `a mask of another size is refused with both sizes`() throws {
    let folder = try project()
    let store = try ProjectStore.open(images: folder.url)
    try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(7))
    #expect(try store.acceptedCells(of: a, expecting: (6, 4))?.mask == .leading(7))
    #expect(throws: ProjectError.maskSize("a.png", mask: "6x4", image: "9x4")) {
      try store.acceptedCells(of: a, expecting: (9, 4))?.mask
    }
  }

  @Test func `a second aura is told who has the project, until the first one ends`() throws {
    let folder = try project()
    let first = try ProjectStore.open(images: folder.url)
    let process = Int(ProcessInfo.processInfo.processIdentifier)
    #expect(throws: ProjectError.locked(first.folder.path, process: process)) {
      try ProjectStore.open(images: folder.url)
    }
    let reader = try ProjectStore.open(images: folder.url, access: .readOnly)
    #expect(throws: ProjectError.file(.notWritable(first.folder.path))) {
      try reader.append(.undo, to: a)
    }
    first.close()
    try ProjectStore.open(images: folder.url).append(.undo, to: a)
  }

  @Test func `reading alone makes nothing and mends nothing`() throws {
    let folder = try project()
    let before = folder.listing
    _ = try ProjectStore.open(images: folder.url, access: .readOnly)
    #expect(folder.listing == before)
    let torn = Data(#"{"image":"a.png","do":"undo"}"#.utf8) + Data("\n{\"ima".utf8)
    try folder.write(torn, to: ".aura/strokes.jsonl")
    let store = try ProjectStore.open(images: folder.url, access: .readOnly)
    #expect(store.strokes(of: a) == [.undo])
    #expect(try Data(contentsOf: folder.url.appending(path: ".aura/strokes.jsonl")) == torn)
  }

  @Test func `an image that is not the project's cannot be decided on`() throws {
    let folder = try project()
    let store = try ProjectStore.open(images: folder.url)
    for text in ["../a.png", "/etc/passwd", "c.png", ""] {
      let decision = Decision(image: ImageKey(text), state: .accepted, time: 1)
      #expect(throws: ProjectError.unknownImage(text)) {
        try store.decide(decision, mask: .leading(1))
      }
    }
    for text in ["../a.png", "/a.png", "x/../../a.png", "x//a.png", "", "."] {
      #expect(throws: ProjectError.unsafeKey(text)) {
        try ProjectFiles.file(of: ImageKey(text), in: folder.url)
      }
    }
  }

  @Test func `a full disk loses nothing that was there`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TestFolder()
      try folder.image("a.png")
      let a = ImageKey("a.png")
      let store = try ProjectStore.open(images: folder.url)
      try store.append(.drawing(0..<4), to: a)
      try store.decide(Decision(image: a, state: .accepted, time: 1), mask: .leading(4))
      limitFileSize(to: 60)
      #expect(throws: ProjectError.self) { try store.append(.undo, to: a) }
      #expect(throws: ProjectError.self) {
        try store.decide(Decision(image: a, state: .corrected, time: 2), mask: .leading(9))
      }
      limitFileSize(to: 1 << 30)
      store.close()
      let again = try ProjectStore.open(images: folder.url)
      #expect(again.strokes(of: a).count == 1)
      #expect(again.decision(on: a)?.state == .accepted)
      #expect(try again.acceptedCells(of: a)?.mask == .leading(4))
      #expect(again.report.notices.isEmpty)
    }
  }

  @Test func `a decision that cannot be written leaves the mask accepted before`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TestFolder()
      try folder.image("a.png")
      let a = ImageKey("a.png")
      let store = try ProjectStore.open(images: folder.url)
      for time in 0..<20 {
        let decision = Decision(image: a, state: .accepted, time: Double(time))
        try store.decide(decision, mask: .leading(4))
      }
      let journal = store.folder.appending(path: "review.jsonl")
      limitFileSize(to: try Data(contentsOf: journal).count + 10)
      #expect(throws: ProjectError.file(.diskFull(journal.path))) {
        try store.decide(Decision(image: a, state: .corrected, time: 99), mask: .leading(9))
      }
      #expect(store.decision(on: a)?.time == 19)
      #expect(try store.acceptedCells(of: a)?.mask == .leading(4))
    }
  }

  @Test func `runs are numbered and the newest with weights is found`() throws {
    let folder = try project()
    let store = try ProjectStore.open(images: folder.url)
    let first = try store.newRun()
    let second = try store.newRun()
    #expect([first.id, second.id] == ["ft-01", "ft-02"])
    #expect(store.newestRunWithWeights == nil)
    try AtomicWrite.write("w", to: first.weightsFile)
    #expect(store.newestRunWithWeights == first)
    #expect(store.runs == [first, second])
    try FileManager.default.createDirectory(
      at: store.run(id: "ft-120").url, withIntermediateDirectories: true)
    #expect(try store.newRun().id == "ft-121")
    #expect(try second.predictionFile(of: b).path.hasSuffix("ft-02/predictions/plate/b.tif.png"))
  }

  private func project() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.image("a.png")
    try folder.image("plate/b.tif")
    return folder
  }
}
