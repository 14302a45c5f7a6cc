import Foundation
import Testing

@testable import Imaging

/// Stacks and pages that tifffile does not write, put together by hand.
struct TIFFStackTests {
  typealias Page = HandMadeTIFF.Page

  /// An ImageJ stack whose only directory describes a plane of 4x3, with so many bytes of planes behind it.
  static func oneDirectory(
    _ description: String, behind: Int, isBigEndian: Bool = false, isBigTIFF: Bool = false
  ) -> HandMadeTIFF {
    var page = Page.grey(4, 3, [270: .text(description)])
    page.behind = (0..<behind).map { UInt8((12 + $0) % 256) }
    return HandMadeTIFF(page, isBigEndian: isBigEndian, isBigTIFF: isBigTIFF)
  }

  static func counting(from start: Int) -> [Float] { (start..<start + 12).map { Float($0) } }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `all planes behind one directory are read`(isBigEndian: Bool, isBigTIFF: Bool) throws {
    let file = Self.oneDirectory(
      "ImageJ=1.53t\nimages=5\nslices=5\n", behind: 48, isBigEndian: isBigEndian,
      isBigTIFF: isBigTIFF)
    let contents = try file.contents()
    #expect(contents.planes.map(\.text) == ["z0", "z1", "z2", "z3", "z4"])
    #expect(contents.remarks == [])
    for page in 0..<5 { #expect(try file.values(page) == Self.counting(from: 12 * page)) }
  }

  @Test func `a stack that is cut short keeps its whole planes and says how many there were`()
    throws
  {
    let file = Self.oneDirectory("ImageJ=1.53t\nimages=6\nframes=6\n", behind: 12 * 3 + 5)
    let contents = try file.contents()
    #expect(contents.planes.map(\.text) == ["t0", "t1", "t2", "t3"])
    #expect(
      contents.remarks == ["it is cut short: ImageJ speaks of 6 pages, 4 are whole"])
    #expect(try file.values(3) == Self.counting(from: 36))
  }

  @Test func `a promise of planes that are not there adds none`() throws {
    let file = Self.oneDirectory("ImageJ=1.53t\nimages=6\nframes=6\n", behind: 5)
    let contents = try file.contents()
    #expect(contents.planes == [ImageContents.Plane()])
    #expect(
      contents.remarks == [
        "ImageJ speaks of 6 pages, the file holds 1",
        "ImageJ's axes do not fit the pages, which are read as plain ones",
      ])
  }

  @Test(
    arguments: [
      [259: .shorts([8])], [266: .shorts([2])], [322: .shorts([16]), 323: .shorts([16])],
      [273: .longs([8, 18]), 278: .longs([2]), 279: .longs([8, 4])],
    ] as [[Int: HandMadeTIFF.Value]])
  func `planes are not looked for behind a page whose pixels do not lie as they are`(
    tags: [Int: HandMadeTIFF.Value]
  ) throws {
    var file = Self.oneDirectory("ImageJ=1.53t\nimages=3\n", behind: 48)
    file.pages[0].tags.merge(tags) { $1 }
    let contents = try file.contents()
    #expect(contents.planes.count == 1)
    #expect(contents.remarks == ["ImageJ speaks of 3 pages, the file holds 1"])
  }

  @Test func `strips that follow each other are one plane`() throws {
    var file = Self.oneDirectory("ImageJ=1.53t\nimages=2\n", behind: 12)
    file.pages[0].tags.merge(
      [273: .longs([8, 16]), 278: .longs([2]), 279: .longs([8, 4])]) { $1 }
    #expect(try file.contents().planes.count == 2)
    #expect(try file.values(0) == Self.counting(from: 0))
    #expect(try file.values(1) == Self.counting(from: 12))
  }

  @Test func `wide numbers behind a directory are turned round`() throws {
    var page = Page.grey(2, 1, [270: .text("ImageJ=1.53t\nimages=2\n")])
    (page.bits, page.pixels, page.behind) = (16, [1, 2, 3, 4], [5, 6, 7, 8])
    let file = HandMadeTIFF(page, isBigEndian: true)
    #expect(try file.values(1) == [0x0506, 0x0708])
    var other = file
    other.isBigEndian = false
    #expect(try other.values(1) == [0x0605, 0x0807])
  }

  @Test(arguments: [
    "images=3\nchannels=2\nframes=2", "images=3\nslices=1099511627776\nframes=3\nchannels=9",
    "channels=2\nslices=2",
  ]) func `axes that do not fit the pages are left aside, with a word`(axes: String) throws {
    let file = HandMadeTIFF(
      .grey(4, 3, [270: .text("ImageJ=1.53t\n\(axes)\n")]), .grey(4, 3, from: 12),
      .grey(4, 3, from: 24))
    let contents = try file.contents()
    #expect(contents.planes == Array(repeating: ImageContents.Plane(), count: 3))
    #expect(contents.remarks.last?.hasPrefix("ImageJ's axes do not fit") == true)
    for page in 0..<3 { #expect(try file.values(page) == Self.counting(from: 12 * page)) }
  }

  @Test func `a thumbnail without a mark is left out where ImageJ counts without it`() throws {
    let thumbnail = Page(
      width: 2, height: 1, tags: [262: .shorts([2]), 277: .shorts([3]), 258: .shorts([8, 8, 8])],
      pixels: [1, 2, 3, 4, 5, 6])
    let counted = HandMadeTIFF(
      .grey(4, 3, [270: .text("ImageJ=1.53t\nimages=2\nchannels=2\n")]), .grey(4, 3, from: 12),
      thumbnail)
    #expect(try counted.contents().planes.map(\.text) == ["c0", "c1"])
    #expect(try counted.contents().remarks == ["1 page left out that ImageJ does not count"])
    var plain = counted
    plain.pages[0].tags[270] = nil
    #expect(try plain.contents().planes.count == 3)
  }

  @Test func `the planes of a MetaMorph stack lie behind its only directory`() throws {
    var page = Page.grey(4, 3, [33629: .bytes([UInt8](repeating: 0, count: 3))])
    page.behind = (12..<36).map { UInt8($0) }
    let file = HandMadeTIFF(page)
    #expect(try file.contents().planes.count == 3)
    #expect(try file.values(2) == Self.counting(from: 24))
    page.tags[259] = .shorts([5])
    let error = #expect(throws: ImagingError.self) { try HandMadeTIFF(page).contents() }
    #expect(try #require(error).description.contains("a MetaMorph stack of an unusual form"))
  }

  @Test func `the samples of a Zeiss LSM are channels, whatever colours it gives them`() throws {
    var page = Page(
      width: 2, height: 1,
      tags: [
        262: .shorts([2]), 277: .shorts([3]), 258: .shorts([8, 8, 8]), 284: .shorts([2]),
        34412: .bytes([1, 2, 3, 4, 5, 6, 7, 8]),
      ], pixels: [1, 2, 3, 4, 5, 6])
    page.tags[273] = .longs([8, 10, 12])
    page.tags[279] = .longs([2, 2, 2])
    let file = HandMadeTIFF(page)
    #expect(try file.contents().planes.map(\.text) == ["c0", "c1", "c2"])
    #expect(try file.values(1) == [3, 4])
    page.tags[259] = .shorts([5])
    let error = #expect(throws: ImagingError.self) { try HandMadeTIFF(page).contents() }
    #expect(try #require(error).description.contains("it is a packed Zeiss LSM"))
  }

  @Test(arguments: [8, 20, 0x7fff_fff0]) func `a list of pages that leads astray ends with a word`(
    last: Int
  ) throws {
    let file = HandMadeTIFF(.grey(4, 3), .grey(4, 3, from: 12), last: last)
    let contents = try file.contents()
    #expect(contents.planes.count == 2)
    #expect(contents.remarks == ["its list of pages breaks off after page 2"])
    #expect(try file.values(1) == Self.counting(from: 12))
  }

  @Test(arguments: [(0x8000_0000, 3), (4, 0), (0xffff_ffff, 0xffff_ffff)])
  func `a page of an impossible size is refused before anything is counted by it`(
    width: Int, height: Int
  ) {
    var page = Page.grey(4, 3)
    (page.width, page.height) = (width, height)
    let error = #expect(throws: ImagingError.self) { try HandMadeTIFF(page).contents() }
    #expect(error == .damaged(file: "x.tif", reason: "its first page is not described"))
  }

  @Test func `labels of ImageJ that lie about their lengths name nothing`() throws {
    for counts in [[20, 8, 0x7fff_ffff], [20, 0xffff_ffff, 0xffff_ffff], [4], [12], []] {
      let file = HandMadeTIFF(
        .grey(
          4, 3,
          [
            270: .text("ImageJ=1.53t\nimages=2\nchannels=2\n"), 50838: .longs(counts),
            50839: .bytes(Array("JIJIlbal".utf8) + [2, 0, 0, 0, 0, 0, 0, 0, 65, 0, 66, 0]),
          ]), .grey(4, 3, from: 12))
      #expect(try file.contents().channelNames == [])
    }
  }
}
