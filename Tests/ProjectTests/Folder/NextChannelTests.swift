import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Another channel chosen while a project is open.
struct NextChannelTests {
  private let folder: TestFolder
  private let a = ImageKey("imagesTr/a_0000.png")

  /// Two fields of two channels, one file each, of which the second has values twice those of the first.
  init() throws {
    folder = try TestFolder()
    for field in ["a", "b"] {
      for channel in 0..<2 {
        try write("\(field)_000\(channel)", values: (0..<24).map { Float($0 * (channel + 1)) })
      }
    }
  }

  private func write(_ name: String, values: [Float]) throws {
    let image = Image(width: 6, height: 4, bitDepth: 8, values: values)
    try folder.write(PNG.encode(image), to: "imagesTr/\(name).png")
  }

  @Test func `the next one is looked at in all images, and by the next opening too`() throws {
    let store = try ProjectStore.open(images: folder.url, channel: ChannelChoice(.number(0)))
    #expect(store.entries.map(\.axes) == ["c0", "c0"])
    let text = try store.showNextChannel(of: a)
    #expect(text == "c1 is looked at, of 2 images; the project keeps that, o goes on")
    #expect(store.entries.map(\.axes) == ["c1", "c1"])
    #expect(store.entry(of: a).axes == "c1")
    #expect(try store.source(of: a).read().values == (0..<24).map { Float($0 * 2) })
    store.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.settings.channel == .number(1) && again.entries.map(\.axes) == ["c1", "c1"])
    try again.update {
      $0.foundSize = FoundSize(size: 128, referenceSide: 4, cellDiameter: nil, looks: [])
    }
    _ = try again.showNextChannel(of: a)
    #expect(again.entries.map(\.axes) == ["c0", "c0"], "after the last comes the first")
    #expect(again.settings.foundSize == nil, "it was found for what cells look like in another")
  }

  @Test func `where it cannot be kept nothing changes`() throws {
    let store = try ProjectStore.open(images: folder.url, channel: ChannelChoice(.number(0)))
    store.close()
    let read = try ProjectStore.open(images: folder.url, access: .readOnly)
    #expect(throws: ProjectError.self) { try read.showNextChannel(of: a) }
    #expect(read.entries.map(\.axes) == ["c0", "c0"])
    #expect(read.settings.channel == .number(0))
  }

  @Test func `an image of one channel without colours has no other`() throws {
    let folder = try TestFolder()
    try folder.image("a.png")
    let store = try ProjectStore.open(images: folder.url)
    #expect(throws: ProjectError.oneChannel(ImageKey("a.png"))) {
      try store.showNextChannel(of: ImageKey("a.png"))
    }
    #expect(store.settings.channel == nil)
  }

  @Test func `a picture of colours shows each of them and then their grey`() throws {
    let folder = try TestFolder()
    let bytes = (0..<24).flatMap { (value: UInt8) -> [UInt8] in [value, value + 100, value + 200] }
    try folder.write(PNG.encode(rgb: bytes, width: 6, height: 4), to: "a.png")
    let store = try ProjectStore.open(images: folder.url)
    let key = ImageKey("a.png")
    let grey = try store.source(of: key).read().values
    var seen: [Float] = []
    for name in ["red", "green", "blue"] {
      #expect(try store.showNextChannel(of: key).hasPrefix("\(name) is looked at, of 1 image;"))
      seen.append(try store.source(of: key).read().values[0])
    }
    #expect(seen == [0, 100, 200])
    #expect(try store.showNextChannel(of: key).hasPrefix("the grey of all colours"))
    #expect(try store.source(of: key).read().values == grey && store.settings.channel == nil)
  }
}
