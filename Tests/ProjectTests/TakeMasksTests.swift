import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct TakeMasksTests {
  @Test func `a polarity that is told is used for the first import and kept`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    try folder.mask("masks/a.png", area: 5)
    do {
      let store = try ProjectStore.open(images: folder.url)
      let taken = try #require(try store.takeFoundMasks(polarity: .cellBlack, time: 1))
      #expect(taken.imported == [ImageKey("a.png")])
      #expect(try store.acceptedMask(of: ImageKey("a.png"))?.area == 19)
    }
    try folder.image("b.png")
    try folder.mask("masks/b.png", area: 6)
    let store = try ProjectStore.open(images: folder.url)
    #expect(store.settings.maskPolarity == .cellBlack)
    #expect(try store.takeFoundMasks(polarity: nil, time: 2)?.polarity == .cellBlack)
    #expect(try store.acceptedMask(of: ImageKey("b.png"))?.area == 18)
    store.close()
    #expect(try ProjectStore.open(images: folder.url).takeFoundMasks(polarity: nil, time: 3) == nil)
  }

  @Test func `masks that look inverted against the others are named`() throws {
    let folder = try TestFolder()
    for name in ["a", "b", "c", "d"] { try folder.image("\(name).png", width: 20, height: 20) }
    for name in ["a", "b", "d"] { try write("masks/\(name).png", isInverted: false, in: folder) }
    try write("masks/c.png", isInverted: true, in: folder)
    let store = try ProjectStore.open(images: folder.url)
    let taken = try #require(try store.takeFoundMasks(polarity: nil, time: 1))
    #expect(taken.polarity == .cellWhite)
    #expect(taken.dissenters == [ImageKey("c.png")])
    #expect(taken.summary.contains("1 looks inverted against the others, such as that of 'c.png'"))
  }

  /// A disc in the middle, as cell or as background.
  private func write(_ path: String, isInverted: Bool, in folder: TestFolder) throws {
    var mask = Mask(width: 20, height: 20)
    for row in 6..<12 { mask.fill(row * 20 + 6..<row * 20 + 12, with: true) }
    if isInverted { mask = Mask(width: 20, height: 20, pixels: mask.pixels.map { 1 - $0 }) }
    try folder.write(MaskFile.encode(mask), to: path)
  }
}
