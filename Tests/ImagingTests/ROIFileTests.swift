import Foundation
@testable import Imaging
import Testing

struct ROIFileTests {
  typealias Plane = ImageContents.Plane

  /// A ZIP file of stored entries.
  private func zip(_ entries: [(name: String, data: Data)], flags: UInt8 = 0) -> Data {
    func little(_ value: Int, _ count: Int) -> Data {
      Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    var (body, list) = (Data(), Data())
    for (name, data) in entries {
      var checksum = UInt32.max
      for byte in data {
        checksum ^= UInt32(byte)
        for _ in 0..<8 {
          checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1
        }
      }
      let common =
        Data([flags, 0]) + little(0, 6) + little(Int(~checksum), 4) + little(data.count, 4)
        + little(data.count, 4) + little(name.utf8.count, 2) + little(0, 2)
      list += Data([0x50, 0x4B, 1, 2, 20, 0, 20, 0]) + common + little(0, 8) + little(0, 2)
      list += little(body.count, 4) + Data(name.utf8)
      body += Data([0x50, 0x4B, 3, 4, 20, 0]) + common + Data(name.utf8) + data
    }
    let counts = little(entries.count, 2) + little(entries.count, 2)
    let end = Data([0x50, 0x4B, 5, 6]) + little(0, 4) + counts + little(list.count, 4)
    return body + list + end + little(body.count, 4) + little(0, 2)
  }

  /// A set of rectangles of one pixel, the first in column 0, each at a place: channel, slice, frame, index.
  private func set(_ places: [[Int]]) throws -> ROIFile {
    let entries = places.enumerated().map { column, place in
      let roi = HandMadeROI(
        box: [0, column, 1, column + 1], index: place[3], place: Array(place[..<3]))
      return (name: "\(column).roi", data: roi.data)
    }
    return try ROIFile(zip(entries), name: "RoiSet.zip")
  }

  private func rows(
    _ file: ROIFile, _ page: Int, _ planes: [Plane]
  ) throws -> [String] {
    try file.annotation(width: 6, height: 1, page: page, of: planes).annotation.mask.rows
  }

  @Test func `of a hyperstack those of the slice and frame count, whatever their channel`() throws {
    let planes = (0..<8).map { Plane(time: $0 / 4, depth: $0 / 2 % 2, channel: $0 % 2) }
    let file = try set([
      [2, 1, 1, 0], [1, 2, 1, 0], [1, 1, 2, 0], [0, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 8],
    ])
    #expect(try rows(file, 0, planes) == ["100010"])
    #expect(try rows(file, 1, planes) == ["100010"])
    #expect(try rows(file, 2, planes) == ["010010"])
    #expect(try rows(file, 5, planes) == ["001110"])
    // The eighth plane in ImageJ's order, channels first.
    #expect(try rows(file, 7, planes) == ["000111"])
    #expect(try rows(file, 6, planes) == ["000111"])
  }

  @Test func `of a stack the index counts, and so does whichever of slice and frame goes on`()
    throws
  {
    let file = try set([[0, 0, 0, 1], [0, 0, 0, 2], [1, 2, 1, 0], [1, 1, 2, 0], [1, 3, 0, 0]])
    let axes: [(Int) -> Plane] = [{ Plane(time: $0) }, { Plane(depth: $0) }, { _ in Plane() }]
    for axis in axes {
      let planes = (0..<3).map(axis)
      #expect(try rows(file, 0, planes) == ["100000"])
      #expect(try rows(file, 1, planes) == ["011100"])
      #expect(try rows(file, 2, planes) == ["000010"])
    }
  }

  @Test func `what was drawn on one channel is cell in all`() throws {
    let file = try set([[1, 1, 1, 0], [2, 1, 1, 0], [0, 0, 0, 2]])
    let planes = (0..<2).map { Plane(channel: $0) }
    #expect(try rows(file, 0, planes) == ["111000"])
    #expect(try rows(file, 1, planes) == ["111000"])
  }

  @Test
  func `an image of one plane takes what lies on one place of a stack, and no heap of several`()
    throws
  {
    #expect(
      try rows(set([[2, 1, 7, 0], [1, 1, 7, 0], [0, 0, 0, 0]]), 0, [Plane()]) == ["111000"])
    let heap = try set([[0, 0, 0, 1], [0, 0, 0, 2]])
    #expect(throws: ImagingError.outlines(file: "RoiSet.zip", .manyFields(count: 2))) {
      try heap.annotation(width: 6, height: 1)
    }
  }

  @Test func `a slice without an outline is told from one without a cell`() throws {
    let file = try set([[0, 0, 0, 1], [0, 0, 0, 3]])
    let planes = (0..<4).map { Plane(depth: $0) }
    #expect(planes.indices.map { file.hasArea(on: $0, of: planes) } == [true, false, true, false])
    #expect(throws: ImagingError.outlines(file: "RoiSet.zip", .elsewhere(count: 2))) {
      try file.annotation(width: 6, height: 1, page: 1, of: planes)
    }
    #expect(throws: ImagingError.noSuchPage(file: "RoiSet.zip", page: 4, pages: 4)) {
      try file.annotation(width: 6, height: 1, page: 4, of: planes)
    }
  }

  @Test func `outlines of another image are refused, and parts of them cut off`() throws {
    let file = try ROIFile(HandMadeROI(box: [0, 4, 2, 9]).data, name: "a.roi")
    #expect(try file.annotation(width: 6, height: 1).annotation.mask.rows == ["000011"])
    let error = #expect(throws: ImagingError.self) { try file.annotation(width: 4, height: 3) }
    #expect(
      error?.description
        == "a.roi has 1 outline, and none within its image of 4x3: do they belong to another one?")
  }

  @Test func `lines alone make no mask`() throws {
    let entries = [3, 5, 9, 10].map { (name: "\($0).roi", data: HandMadeROI(kind: $0).data) }
    let file = try ROIFile(zip(entries), name: "RoiSet.zip")
    let error = #expect(throws: ImagingError.self) { try file.annotation(width: 6, height: 1) }
    #expect(error?.description.contains("4 ROIs of ImageJ, and none outlines an area") == true)
  }

  @Test func `other entries are passed over, and the shadows that macOS packs`() throws {
    let roi = HandMadeROI(box: [0, 0, 1, 1]).data
    let file = try ROIFile(
      zip([
        ("__MACOSX/._1.roi", Data([0, 5])), ("set/", Data()), ("set/1.ROI", roi),
        ("set/._1.roi", Data([0, 5])), ("notes.txt", Data([65])),
      ]), name: "RoiSet.zip")
    #expect(file.areas.map(\.name) == ["1.ROI"])
    #expect(file.skipped == 0)
  }

  @Test func `what is no set of ROIs is refused by what it is`() throws {
    func refusal(_ data: Data) throws -> String {
      try #require(throws: ImagingError.self) { try ROIFile(data, name: "x.zip") }.description
    }
    #expect(try refusal(zip([])).hasPrefix("x.zip holds no ROI of ImageJ (.roi): "))
    #expect(try refusal(zip([("a.tif", Data([1]))])).hasPrefix("x.zip holds no ROI of ImageJ"))
    #expect(try refusal(Data("PNG".utf8)).hasPrefix("x.zip holds no ROI of ImageJ"))
    #expect(try refusal(Data()).hasPrefix("x.zip holds no ROI of ImageJ"))
    let roi = ("a\u{1B}.roi", HandMadeROI().data)
    #expect(try refusal(zip([roi], flags: 1)).contains("(the entry 'a\\u{1b}.roi' is encrypted)"))
    let damaged = try refusal(zip([("a.roi", Data("Iout".utf8))]))
    #expect(damaged.hasPrefix("'a.roi' in x.zip is damaged or cut short (a ROI ends within)"))
  }

  @Test func `a file is read from disk, and a folder is none`() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(HandMadeROI(kind: 2, box: [0, 0, 2, 2]).data, as: "a.roi")
    #expect(
      try ROIFile.annotation(url, width: 3, height: 2).annotation.cells?.labels == [
        1, 1, 0, 1, 1, 0,
      ])
    #expect(throws: ImagingError.self) { try ROIFile(folder.url) }
  }

  @Test func `cells are numbered as they are called where each is by another number`() throws {
    func labels(_ names: String...) throws -> [LabelImage.Label]? {
      let entries = names.enumerated().map { column, name in
        (name: "\(name).roi", data: HandMadeROI(box: [0, column, 1, column + 1]).data)
      }
      return try ROIFile(zip(entries), name: "RoiSet.zip")
        .annotation(width: names.count, height: 1).annotation.cells?.labels
    }
    #expect(try labels("7", "65535", "3") == [7, 65535, 3])
    #expect(try labels("7", "007") == [1, 2])
    #expect(try labels("7", "0") == [1, 2])
    #expect(try labels("7", "65536") == [1, 2])
    #expect(try labels("7", "0003-0004") == [1, 2])
  }
}
