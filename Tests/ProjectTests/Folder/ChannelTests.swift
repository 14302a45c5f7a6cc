import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct ChannelTests {
  typealias Plane = ImageContents.Plane

  /// A TIFF of these planes, and images of them.
  private func scan(
    _ files: [String], names: [String] = [], channel: ChannelChoice = ChannelChoice(by: "--pick"),
    best: @escaping (ImageSource) -> Int? = { _ in nil }, _ planes: [Plane]
  ) throws -> ImageScan {
    let folder = try TestFolder()
    for file in files { try folder.image(file) }
    return try ImageScan(
      of: folder.url, channel: channel, reader: .planes(names: names, best: best) { _ in planes })
  }

  private static let hyperstack: [Plane] = (0..<2).flatMap { time in
    (0..<2).flatMap { depth in
      (0..<3).map { Plane(time: time, depth: depth, channel: $0) }
    }
  }

  @Test func `a field is an image, named after its first plane, whatever channel is looked at`()
    throws
  {
    for channel in 0..<3 {
      let found = try scan(
        ["s.tif"], channel: ChannelChoice(.number(channel)), Self.hyperstack)
      #expect(found.images.map(\.key.text) == ["s.tif#1", "s.tif#4", "s.tif#7", "s.tif#10"])
      #expect(found.images.map(\.page) == [0, 3, 6, 9].map { $0 + channel })
      #expect(found.images.map(\.axes)[1] == "t0 z1 c\(channel)")
      #expect(found.images.allSatisfy { $0.planes.count == 3 && $0.channel == channel })
      #expect(found.channelNotices.isEmpty, "what is asked for is not told")
    }
  }

  @Test func `fields are told by their axes in whatever order planes follow each other`() throws {
    let planes: [Plane] = (0..<2).flatMap { channel in
      (0..<3).map { Plane(time: $0, channel: channel) }
    }
    let found = try scan(["s.tif"], channel: ChannelChoice(.number(1)), planes)
    #expect(found.images.map(\.key.text) == ["s.tif#1", "s.tif#2", "s.tif#3"])
    #expect(found.images.map(\.page) == [3, 4, 5])
    let one = try scan(["s.tif"], [Plane(channel: 1), Plane(channel: 0)])
    #expect(one.images.map(\.key.text) == ["s.tif"])
    #expect(one.images[0].planes.map(\.page) == [1, 0] && one.images[0].page == 1)
    let plain = try scan(["s.tif"], [Plane(), Plane()])
    #expect(plain.images.map(\.key.text) == ["s.tif#1", "s.tif#2"] && plain.channelNotices.isEmpty)
  }

  private static let two = [Plane(channel: 0), Plane(channel: 1)]

  @Test func `without a wish the likeliest channel is looked at, and told`() throws {
    let found = try scan(["a.tif", "b.tif"], best: { _ in 1 }, Self.two)
    #expect(found.images.map(\.channel) == [1, 1])
    #expect(
      found.channelNotices == [
        "2 channels: c1 is looked at, by its contrast; --pick 0 takes the other"
      ])
    let unknown = try scan(["a.tif"], Self.two)
    #expect(unknown.images.map(\.channel) == [0])
    #expect(unknown.channelNotices[0].contains("the first, as their contrast does not tell"))
  }

  @Test(arguments: ["Phase contrast", "BF", "Trans-DIC", "TL Brightfield", "ch02 ph2"])
  func `a channel is known by its name, and nothing is decoded`(name: String) throws {
    let found = try scan(
      ["a.tif"], names: ["GFP", name],
      best: { _ in
        Issue.record("decoded")
        return 0
      }, Self.two)
    #expect(found.images[0].channel == 1 && found.images[0].planes[1].channelName == name)
    #expect(
      found.channelNotices == [
        "2 channels: c1 '\(name)' is looked at, by its name; --pick 0 takes the other"
      ])
  }

  @Test func `of many files eight are decoded, spread over all, and most decide`() throws {
    var looked: [String] = []
    let names = (0..<100).map { "\($0).tif" }
    let found = try scan(
      names,
      best: { image in
        looked.append(image.key.text)
        return image.key.text == "0.tif" ? 0 : 1
      }, Self.two)
    #expect(looked == [0, 12, 25, 37, 50, 62, 75, 87].map { "\($0).tif" })
    #expect(found.images.allSatisfy { $0.channel == 1 })
    #expect(found.channelNotices[0].contains("in 7 of 8 files that were looked at"))
  }

  @Test func `where few files differ each has its own`() throws {
    let found = try scan(
      ["a.tif", "b.tif", "c.tif"], best: { $0.key.text == "b.tif" ? 1 : 0 }, Self.two)
    #expect(found.images.map(\.channel) == [0, 1, 0])
    #expect(
      found.channelNotices == [
        "2 channels: looked at, by contrast, is c0 in 2 files, c1 in 1 file; --pick N takes one for all"
      ])
  }

  @Test func `a channel is asked for by name or number, and a wrong one is refused`() throws {
    for text in ["gfp", "GFP", "1", "c1"] {
      let channel = try #require(Channel(text))
      let found = try scan(
        ["a.tif"], names: ["Phase", "GFP"], channel: ChannelChoice(channel), Self.two)
      #expect(found.images[0].channel == 1, "\(text)")
    }
    for text in ["RFP", "2"] {
      let channel = try #require(Channel(text))
      #expect {
        try scan(["a.tif"], names: ["Phase", "GFP"], channel: ChannelChoice(channel), Self.two)
      } throws: {
        "\($0)".contains("has a channel '\(text)'; there are c0 'Phase', c1 'GFP'")
      }
    }
    #expect(Channel("") == nil && Channel("AUTO") == .automatic)
  }

  @Test func `pictures without channels are not asked, and have their colours by name`() throws {
    let folder = try TestFolder()
    try folder.write(
      PNG.encode(rgb: (0..<4).flatMap { [UInt8($0), 50, 200 - UInt8($0)] }, width: 2, height: 2),
      to: "a.png")
    try folder.image("b.png", width: 2, height: 2)
    let scan = try ImageScan(of: folder.url, channel: ChannelChoice(.name("Blue")))
    #expect(try scan.images[0].read().values == [200, 199, 198, 197])
    #expect(try scan.images[1].read().values == [0, 1, 2, 3])
    #expect(scan.channelNotices.isEmpty)
  }

  @Test func `the channel is kept in the project, masks and decisions with the field`() throws {
    let folder = try TestFolder()
    try folder.write(try twoChannels(), to: "a.tif")
    let first = try ProjectStore.open(images: folder.url, channel: ChannelChoice(.number(1)))
    #expect(first.keys.map(\.text) == ["a.tif"] && first.sources[0].page == 1)
    try first.decide(Decision(image: first.keys[0], state: .accepted, time: 1), mask: .leading(3))
    first.close()
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.sources[0].page == 1 && again.settings.channel == .number(1))
    again.close()
    let other = try ProjectStore.open(images: folder.url, channel: ChannelChoice(.number(0)))
    #expect(other.sources[0].page == 0)
    #expect(try other.acceptedCells(of: ImageKey("a.tif"))?.mask == .leading(3))
    other.close()
    let free = try ProjectStore.open(images: folder.url, channel: ChannelChoice(.automatic))
    #expect(free.settings.channel == nil)
  }

  @Test func `a project of the version before keeps the planes that it says something of`() throws {
    let folder = try TestFolder()
    try folder.write(try twoChannels(), to: "a.tif")
    let store = try ProjectStore.open(images: folder.url)
    store.close()
    // The version before called each page an image.
    try folder.write(
      Data(
        (1...2).map { "{\"image\":\"a.tif#\($0)\",\"state\":\"rejected\",\"time\":1}\n" }.joined()
          .utf8),
      to: ".aura/review.jsonl")
    let again = try ProjectStore.open(images: folder.url)
    #expect(again.keys.map(\.text) == ["a.tif#1", "a.tif#2"])
    #expect(again.sources.map(\.planes.count) == [2, 1] && again.sources[1].page == 1)
    #expect(again.entries.map(\.state) == [.rejected, .rejected])
    #expect(again.report.notices.contains { $0.contains("stays one, such as 'a.tif#2'") })
  }

  /// Two channels of 6x4 as ImageJ writes them.
  private func twoChannels() throws -> Data {
    let pages = [1, 7].map { step in
      Image(width: 6, height: 4, bitDepth: 8, values: (0..<24).map { Float($0 * step) })
    }
    return TestTIFF.imageJ(pages, channels: 2)
  }
}
