import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct MaskPagesTests {
  typealias Plane = ImageContents.Plane

  /// A stack of images and one of masks of these planes.
  private func scan(_ images: [Plane], _ masks: [Plane], channel: Int = 0) throws -> ImageScan {
    let folder = try TestFolder()
    try folder.picture("images/s.tif")
    try folder.picture("masks/s.tif", isMask: true)
    return try ImageScan(
      of: folder.url, channel: ChannelChoice(.number(channel)),
      reader: .planes { $0.path.contains("/masks/") ? masks : images })
  }

  private func pages(_ scan: ImageScan) -> [String] {
    scan.pairing.matches.flatMap { match in
      match.source.pictures.map { "\(match.key.text.drop { $0 != "#" }) \($0.page)" }
    }
  }

  private let five = [Plane](repeating: Plane(), count: 5)
  /// Three frames of two channels.
  private let frames: [Plane] = (0..<3).flatMap { time in
    (0..<2).map { Plane(time: time, channel: $0) }
  }
  private let three = [Plane](repeating: Plane(), count: 3)

  @Test func `stacks of different lengths are paired as far as they go, and the rest is told`()
    throws
  {
    let more = try scan(five, three)
    #expect(pages(more) == ["#1 0", "#2 1", "#3 2"])
    #expect(
      more.pairing.notes == [
        "'images/s.tif' has 5 images and its mask 'masks/s.tif' 3 pages: the first 3 are paired"
      ])
    let fewer = try scan(three, five)
    #expect(pages(fewer) == ["#1 0", "#2 1", "#3 2"] && fewer.pairing.notes.count == 1)
    let one = try scan(five, [Plane()])
    #expect(pages(one) == ["#1 0"])
    #expect(one.pairing.notes[0].hasSuffix("1 page: the first is paired"))
    let single = try scan([Plane()], three)
    #expect(pages(single) == [" 0"])
    #expect(single.pairing.notes[0].contains("has 1 image and its mask 'masks/s.tif' 3 pages"))
    #expect(try scan(five, five).pairing.notes.isEmpty)
  }

  @Test func `one mask is that of all channels of a field`() throws {
    let channels = [Plane(channel: 0), Plane(channel: 1)]
    for channel in 0...1 {
      let one = try scan(channels, [Plane()], channel: channel)
      #expect(pages(one) == [" 0"] && one.images[0].page == channel)
      #expect(one.pairing.notes.isEmpty)
    }
    let times = (0..<3).map { Plane(time: $0) } as [Plane]
    #expect(pages(try scan(frames, times, channel: 1)) == ["#1 0", "#3 1", "#5 2"])
  }

  @Test func `of a mask for each channel that of the channel is taken that is looked at`() throws {
    #expect(pages(try scan(frames, frames, channel: 1)) == ["#1 1", "#3 3", "#5 5"])
  }

  @Test func `results of pages are those of their pages, by either name`() throws {
    let folder = try TestFolder()
    try folder.picture("s.tif")
    let images = try ImageScan(of: folder.url, reader: .pages { _ in 3 }).images
    let masks = try TestFolder()
    for name in ["s#1.png", "s.tif#3.png"] { try masks.picture(name, isMask: true) }
    let found = try MaskMatching.match(folder: masks.url, images: images)
    #expect(found.matches.map(\.key.text) == ["s.tif#1", "s.tif#3"] && found.notes.isEmpty)
  }
}
