import Foundation
@testable import Imaging
import Testing

/// What ImageJ itself fills; made by Tests/Goldens/make_rois.py.
struct ROIGolden: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let bytes: Data
    /// First and end of each run of pixels; nil for what is no area.
    let runs: [Int]?
    let called: String
    /// Channel, slice, frame and index.
    let position: [Int]

    var testDescription: String { name }
  }

  struct Archive: Decodable {
    let bytes: Data
    let labels: String
  }

  let width: Int
  let height: Int
  let cases: [Case]
  let archive: Archive

  static func load() throws -> ROIGolden {
    try JSONDecoder().decode(ROIGolden.self, from: Golden.data("rois"))
  }
}

struct ROIGoldenTests {
  @Test func `every kind of ROI has the pixels that ImageJ fills`() throws {
    let golden = try ROIGolden.load()
    #expect(golden.cases.count > 45)
    for expected in golden.cases {
      let roi = try ROI.decode([UInt8](expected.bytes), name: "file")
      var mask = Mask(width: golden.width, height: golden.height)
      let runs = expected.runs ?? []
      for first in stride(from: 0, to: runs.count, by: 2) {
        mask.fill(runs[first]..<runs[first + 1], with: true)
      }
      guard let roi else {
        #expect(expected.runs == nil, "\(expected.name)")
        continue
      }
      #expect(expected.runs != nil, "\(expected.name)")
      let found = Mask(
        width: golden.width, height: golden.height,
        of: try #require(roi.runs(width: golden.width, height: golden.height)))
      #expect(found.rows == mask.rows, "\(expected.name)")
      #expect(roi.name == expected.called, "\(expected.name)")
    }
  }

  @Test func `a ROI's place in a stack is the one that ImageJ reads`() throws {
    for expected in try ROIGolden.load().cases where expected.position != [0, 0, 0, 0] {
      let found = try #require(try ROI.decode([UInt8](expected.bytes), name: "")).position
      // Of a plain stack ImageJ gives the index as the slice too.
      let isPlain = expected.position[3] > 0
      #expect(found.index == expected.position[3], "\(expected.name)")
      #expect(found.channel == expected.position[0], "\(expected.name)")
      #expect(found.slice == (isPlain ? 0 : expected.position[1]), "\(expected.name)")
      #expect(found.frame == expected.position[2], "\(expected.name)")
    }
  }

  @Test
  func `a set of the ROI Manager's gives numbers in its order, later cells over earlier ones`()
    throws
  {
    let golden = try ROIGolden.load()
    let file = try ROIFile(golden.archive.bytes, name: "RoiSet.zip")
    let reading = try file.annotation(width: golden.width, height: golden.height)
    let labels = golden.archive.labels.utf8.map { UInt16($0) - 48 }
    #expect(reading.annotation.cells?.labels == labels)
    #expect(reading.annotation.mask.pixels == labels.map { $0 == 0 ? 0 : 1 })
    #expect(reading.annotation.unknown == nil)
    #expect((reading.taken, reading.skipped, reading.outside) == (4, 2, 1))
  }

  @Test func `no file that is cut anywhere crashes or is read without its outlines`() throws {
    let golden = try ROIGolden.load()
    for length in 0..<golden.archive.bytes.count {
      #expect(throws: ImagingError.self, "\(length)") {
        try ROIFile(golden.archive.bytes.prefix(length), name: "RoiSet.zip")
      }
    }
    for expected in golden.cases where expected.runs != nil {
      let bytes = [UInt8](expected.bytes)
      let whole = try ROI.decode(bytes, name: "")
      for length in 0..<bytes.count {
        // With all but the name, and what follows it, both are what they were.
        let cut = try? ROI.decode(Array(bytes[..<length]), name: "")
        #expect(cut == nil || cut?.shape == whole?.shape, "\(expected.name), \(length)")
        #expect(cut == nil || cut?.position == whole?.position, "\(expected.name), \(length)")
        if length < 64 { #expect(cut == nil, "\(expected.name), \(length)") }
      }
    }
  }
}

struct ROIBytesTests {
  private func rows(_ roi: HandMadeROI, width: Int = 12, height: Int = 8) throws -> [String] {
    let area = try #require(try ROI.decode([UInt8](roi.data), name: ""))
    let runs = try #require(area.runs(width: width, height: height))
    return Mask(width: width, height: height, of: runs).rows
  }

  @Test func `a rectangle lies between its corners`() throws {
    #expect(
      try rows(HandMadeROI(box: [1, 2, 3, 5]), width: 6, height: 4) == [
        "000000", "001110", "001110", "000000",
      ])
    #expect(try rows(HandMadeROI(box: [-3, -2, 1, 2]), width: 4, height: 2) == ["1100", "0000"])
    #expect(try rows(HandMadeROI(box: [3, 5, 1, 2]), width: 4, height: 2) == ["0000", "0000"])
  }

  @Test func `a polygon's corners count from its box, and are corners of pixels`() throws {
    // A right angle whose slope passes the middles of (1, 1), (2, 2), which lie on its right side.
    let polygon = HandMadeROI(kind: 0, box: [1, 1, 5, 5], count: 3, shorts: [0, 0, 4, 0, 4, 4])
    #expect(
      try rows(polygon, width: 6, height: 6) == [
        "000000", "010000", "011000", "011100", "011110", "000000",
      ])
  }

  @Test func `fractions count since version 222, and for boxes since 223`() throws {
    let whole = [0, 2, 2, 0, 0, 0, 2, 2]
    var polygon = HandMadeROI(kind: 7, box: [0, 0, 2, 2], count: 4, options: 128, shorts: whole)
    polygon.fractions = [0.4, 3.4, 3.4, 0.4, 0.4, 0.4, 1.4, 1.4]
    #expect(try rows(polygon, width: 4, height: 2) == ["1110", "0000"])
    polygon.version = 221
    #expect(try rows(polygon, width: 4, height: 2) == ["1100", "1100"])
    var box = HandMadeROI(kind: 1, box: [0, 0, 1, 1], floats: [1.9, 0, 1.1, 2], options: 128)
    #expect(try rows(box, width: 4, height: 2) == ["0110", "0110"])
    box.version = 222
    #expect(try rows(box, width: 4, height: 2) == ["1000", "0000"])
  }

  @Test func `numbers below -5000 are large ones`() throws {
    let roi = HandMadeROI(box: [40_000, 1, 40_002, 60_000])
    let area = try #require(try ROI.decode([UInt8](roi.data), name: ""))
    let runs = try #require(area.runs(width: 4, height: 40_001))
    #expect(runs == [160_001..<160_004])
  }

  @Test func `a path goes on from the beginning of an outline that was closed`() throws {
    // A square, then from its first corner a triangle above it.
    let path: [Float] = [
      0, 1, 4, 1, 5, 4, 1, 5, 8, 1, 1, 8, 4, 1, 5, 0, 1, 1, 0, 4,
    ]
    let roi = HandMadeROI(pathSize: path.count, fractions: path)
    #expect(
      try rows(roi) == [
        "011110000000", "011100000000", "011000000000", "010000000000", "011110000000",
        "011110000000", "011110000000", "011110000000",
      ])
  }

  @Test(arguments: [
    HandMadeROI(kind: 11), HandMadeROI(kind: 0, count: 3, shorts: [0, 1, 2, 3, 4]),
    HandMadeROI(kind: 0, count: 0, floats: [Float(bitPattern: .max), 0, 0, 0]),
    HandMadeROI(kind: 7, count: 1, options: 128, shorts: [1, 1], fractions: [.nan, 1]),
    HandMadeROI(kind: 7, count: 1, options: 128, shorts: [1, 1], fractions: [1, 3e38]),
    HandMadeROI(pathSize: 3, fractions: [1, 2, 3]), HandMadeROI(pathSize: 1, fractions: [4]),
    HandMadeROI(pathSize: 3, fractions: [5, 2, 3]), HandMadeROI(pathSize: 2, fractions: [0, 2]),
    HandMadeROI(pathSize: 9, fractions: [0, 2, 3]),
    HandMadeROI(pathSize: 3, fractions: [0, 2, .infinity]),
    HandMadeROI(kind: 2, floats: [.nan, 0, 1, 1], options: 128),
    HandMadeROI(
      kind: 0, count: 3, options: 129, shorts: [0, 0, 0, 0, 0, 0],
      fractions: [0, 9e6, 0, 0, 0, 9e6]),
    HandMadeROI(kind: 0, count: 0, floats: [0, 0, 0, 0]),
  ])
  func `nonsense is refused in one line`(roi: HandMadeROI) throws {
    let error = try #require(throws: ImagingError.self) { try ROIFile(roi.data, name: "a.roi") }
    #expect(error.description.hasPrefix("a.roi is damaged or cut short ("))
    #expect(!error.description.contains("\n"))
  }

  @Test func `an outline that crosses every row a million times is not drawn`() {
    let corners = (0..<2000).map { SIMD2(Double($0), $0 % 2 == 0 ? 0 : 16_000) }
    #expect(OutlineFill.runs(of: [corners], width: 8, height: 16_000) == nil)
  }
}

extension Mask {
  /// A mask of runs of pixels.
  init(width: Int, height: Int, of runs: [Range<Int>]) {
    self.init(width: width, height: height)
    for run in runs { fill(run, with: true) }
  }
}
