import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct TakeMasksTests {
  @Test func `what is said of numbers is used for the first import and kept`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    try folder.mask("masks/a.png", area: 5)
    do {
      let store = try ProjectStore.open(images: folder.url)
      let taken = try #require(try store.takeFoundMasks(values: .black, time: 1))
      #expect(taken.imported == [ImageKey("a.png")])
      #expect(
        taken.summary
          == "1 mask taken over as accepted; read as 'black'; 79.2 % of the pixels are cell")
      #expect(try store.acceptedCells(of: ImageKey("a.png"))?.mask.area == 19)
    }
    try folder.image("b.png")
    try folder.mask("masks/b.png", area: 6)
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.settings.maskValues == .black)
    #expect(try store.takeFoundMasks(values: nil, time: 2)?.decision?.rule.takesZero == true)
    #expect(try store.acceptedCells(of: ImageKey("b.png"))?.mask.area == 18)
    store.close()
    #expect(try ProjectStore.open(images: folder.url).takeFoundMasks(values: nil, time: 3) == nil)
  }

  @Test func `masks that look inverted against the others are named`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c", "d"] { try folder.image("\(name).png", width: 20, height: 20) }
    for name in ["a", "b", "d"] { try write("masks/\(name).png", isInverted: false, in: folder) }
    try write("masks/c.png", isInverted: true, in: folder)
    let store = try ProjectStore.open(images: folder.url)
    let taken = try #require(try store.takeFoundMasks(values: nil, time: 1))
    #expect(taken.decision?.rule.takesZero == false)
    #expect(taken.dissenters == [ImageKey("c.png")])
    #expect(taken.summary.contains("1 looks unlike the others, such as that of 'c.png'"))
  }

  @Test func `masks that are not read without asking are left alone, and said`() throws {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.image("\(name).png")
      try folder.mask("masks/\(name).png", area: 0)
    }
    let store = try ProjectStore.open(images: folder.url)
    let taken = try #require(try store.takeFoundMasks(values: nil, time: 1))
    #expect(taken.trouble == .noCell(looked: 2, total: 2))
    #expect(taken.imported == [] && taken.summary == "" && store.labelledKeys == [])
    // Said to be right they are taken.
    let said = try #require(try store.takeFoundMasks(values: .white, time: 2))
    #expect(said.trouble == nil && store.labelledKeys.count == 2)
  }

  @Test func `what nobody annotated is kept, through an edit of the cells too`() throws {
    let folder = try TestFolder()
    let key = ImageKey("a.png")
    try folder.image("a.png")
    // -1 in the first column, cells 1 and 2, read from a file of 16 bits with 65535 for it.
    let values: [Float] = (0..<24).map { $0 % 6 == 0 ? 65535 : $0 == 8 ? 1 : $0 == 15 ? 2 : 0 }
    let labels = Image(width: 6, height: 4, bitDepth: 16, values: values)
    try folder.write(PNG.encode(labels, bitDepth: 16), to: "masks/a.png")
    let store = try ProjectStore.open(images: folder.url)
    _ = try store.takeFoundMasks(values: nil, time: 1)
    let file = store.folder.appending(path: "masks/a.png.png")
    // In other programs' eyes it is ground.
    let kept = try ImageFile.read(file).values
    #expect(kept == values.map { $0 == 65535 ? 0 : $0 })
    let annotation = try #require(try store.acceptedAnnotation(of: key))
    #expect(annotation.mask.area == 2 && annotation.unknown?.area == 4)
    #expect(annotation.cells?.areas == [1: 1, 2: 1] && store.entry(of: key).cells == 2)
    // Pixel 6 lies in the column and becomes cell; the rest of the column stays as it was.
    var edited = try #require(annotation.cells)
    edited.fill(6..<7, with: 2)
    try store.decide(Decision(image: key, state: .accepted, time: 2), cells: edited)
    let again = try #require(try store.acceptedAnnotation(of: key))
    #expect(again.cells == edited && again.unknown?[0, 1] == false)
    let others = try #require(annotation.unknown).pixels.enumerated()
    #expect(again.unknown?.pixels == others.map { $0.offset == 6 ? 0 : $0.element })
    // A decision without a mask leaves the file as it is.
    let before = try Data(contentsOf: file)
    try store.decide(Decision(image: key, state: .corrected, time: 3), mask: nil)
    #expect(try Data(contentsOf: file) == before)
  }

  @Test func `settings say it as an older aura knows it, or under a name of its own`() throws {
    func kept(_ values: MaskValues) throws -> String {
      var settings = ProjectSettings(name: "p")
      settings.maskValues = values
      let data = try JSONEncoder().encode(settings)
      #expect(try JSONDecoder().decode(ProjectSettings.self, from: data) == settings)
      return String(decoding: data, as: UTF8.self)
    }
    #expect(try kept(.black).contains(#""maskPolarity":"black""#))
    let custom = try kept(MaskValues("cell=2 ignore=255"))
    #expect(custom.contains(#""maskValues":"cell=2 ignore=255""#))
    #expect(!custom.contains("maskPolarity"))
    let old = #"{"version": 1, "name": "p", "maskPolarity": "white"}"#
    #expect(
      try JSONDecoder().decode(ProjectSettings.self, from: Data(old.utf8)).maskValues == .white)
  }

  /// A disc in the middle, as cell or as background.
  private func write(_ path: String, isInverted: Bool, in folder: TestFolder) throws {
    var mask = Mask(width: 20, height: 20)
    for row in 6..<12 { mask.fill(row * 20 + 6..<row * 20 + 12, with: true) }
    if isInverted { mask = Mask(width: 20, height: 20, pixels: mask.pixels.map { 1 - $0 }) }
    try folder.write(MaskFile.encode(mask), to: path)
  }

  @Test
  func `masks come one by one, what is stopped goes on at the next opening, and work comes first`()
    throws
  {
    let folder = try TestFolder()
    for name in ["a", "b", "c", "d"] {
      try folder.image("\(name).png")
      try folder.mask("masks/\(name).png", area: 5)
    }
    let store = try ProjectStore.open(images: folder.url)
    var told: [String] = []
    let taken = try store.takeFoundMasks(
      values: nil, time: 1, isStopped: { told.count == 3 }
    ) { key, done, total in
      told.append("\(key?.text ?? "-") \(done)/\(total) \(store.labelledKeys.count)")
      // Somebody decides about the next one meanwhile.
      if done == 1 {
        do throws(ProjectError) {
          try store.decide(Decision(image: ImageKey("b.png"), state: .rejected, time: 2), mask: nil)
        } catch {
          Issue.record(error)
        }
      }
    }
    #expect(told == ["a.png 1/4 1", "- 2/4 1", "c.png 3/4 2"])
    #expect(taken?.imported.map(\.text) == ["a.png", "c.png"])
    #expect(taken?.kept.map(\.text) == ["b.png"])
    #expect(store.entry(of: ImageKey("b.png")).state == .rejected)
    #expect(!folder.listing.contains(".aura/masks/b.png.png"))
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.labelledKeys.map(\.text) == ["a.png", "c.png"])
    #expect(again.report.foundMasks.map(\.key.text) == ["d.png"])
    #expect(try again.takeFoundMasks(values: nil, time: 3)?.imported.map(\.text) == ["d.png"])
  }
}
