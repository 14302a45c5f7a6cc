import Foundation
@testable import Imaging
import Testing

/// What NumPy writes; made by Tests/Goldens/make_arrays.py.
struct NumPyGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let bytes: Data
    let height: Int
    let width: Int
    let pages: [[Double]]

    var file: PictureBytes { PictureBytes([UInt8](bytes), name: name) }
  }

  struct Refused: Decodable {
    let name: String
    let bytes: Data
    let says: String
  }

  let plain: [Case]
  let refused: [Refused]
  let cellpose: [Case]

  static func load() throws -> NumPyGolden {
    try JSONDecoder().decode(NumPyGolden.self, from: Golden.data("arrays"))
  }
}

struct NumPyTests {
  private struct Numbers: MaskPlaneReader {
    func read<Number: MaskNumber>(_ plane: [Number]) -> [Double] { plane.map(\.number) }
  }

  @Test func `arrays of every type, order and version have NumPy's numbers`() throws {
    let golden = try NumPyGolden.load()
    #expect(golden.plain.count > 25)
    for expected in golden.plain {
      let (array, isCellpose) = try NPYFile.contents(expected.file)
      #expect(!isCellpose && array.pages == expected.pages.count, "\(expected.name)")
      #expect(array.width == expected.width && array.height == expected.height, "\(expected.name)")
      for (page, numbers) in expected.pages.enumerated() {
        let picture = try array.picture(page: page)
        #expect(picture.read(.values, by: Numbers()) == numbers, "\(expected.name)")
      }
    }
  }

  @Test func `Cellpose's masks are read from every protocol, with the numbers of their cells`()
    throws
  {
    let golden = try NumPyGolden.load()
    #expect(golden.cellpose.count > 15)
    for expected in golden.cellpose {
      for (page, numbers) in expected.pages.enumerated() {
        let found = try NPYFile.annotation(
          expected.file, width: expected.width, height: expected.height, page: page)
        #expect(found.cells?.labels.map { Double($0) } == numbers, "\(expected.name)")
        #expect(found.mask.pixels == numbers.map { $0 == 0 ? 0 : 1 }, "\(expected.name)")
        #expect(found.unknown == nil)
      }
    }
  }

  @Test func `what is no mask is refused by what it is, and no attack is run`() throws {
    for refused in try NumPyGolden.load().refused {
      let file = PictureBytes([UInt8](refused.bytes), name: "a.npy")
      let error = #expect(throws: ImagingError.self, "\(refused.name)") {
        try NPYFile.annotation(file, width: 5, height: 3, page: 0)
      }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("a.npy ") && text.contains(refused.says), "\(refused.name): \(text)")
      #expect(!text.contains("\n") && !text.contains("damaged"), "\(refused.name): \(text)")
    }
  }

  @Test
  func `a plain array of labels keeps them, true is cell, and an empty page is one without a cell`()
    throws
  {
    let golden = try NumPyGolden.load()
    var labels = [UInt32](repeating: 0, count: 40 * 30)
    for (place, number) in [1, 2, 300].enumerated() {
      for y in 5..<20 {
        for x in 12 * place + 2..<12 * place + 11 { labels[40 * y + x] = UInt32(number) }
      }
    }
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (30, 40)}"
    let values = labels.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let file = PictureBytes(header(text, values), name: "cells.npy")
    let found = try NPYFile.annotation(file, width: 40, height: 30, page: 0)
    #expect(found.cells?.labels == labels.map { UInt16($0) })
    let bools = try #require(golden.plain.first { $0.name == "?" })
    #expect(
      try NPYFile.annotation(bools.file, width: 5, height: 3, page: 0).mask.pixels
        == bools.pages[0].map { $0 == 0 ? 0 : 1 })
    let empty = header("{'descr': '|b1', 'fortran_order': False, 'shape': (1, 4), }", [0, 0, 0, 0])
    #expect(try annotation(empty, width: 4).mask.area == 0)
    // Any byte but 0 is true.
    let odd = header("{'descr': '|b1', 'fortran_order': False, 'shape': (1, 4), }", [0, 255, 2, 0])
    #expect(try annotation(odd, width: 4).mask.pixels == [0, 1, 1, 0])
  }

  private func header(_ text: String, _ values: [UInt8]) -> [UInt8] {
    NPYHeader.magic + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8) + values
  }

  private func annotation(_ bytes: [UInt8], width: Int = 2) throws -> Annotation {
    try NPYFile.annotation(PictureBytes(bytes, name: "a.npy"), width: width, height: 1, page: 0)
  }

  @Test func `a header is read however it is written`() throws {
    let other = "{\"shape\":(1L,2L),\"fortran_order\":True,'descr':'>u2'}"
    #expect(try annotation(header(other, [0, 0, 1, 0])).cells == nil)
    #expect(try annotation(header(other, [0, 0, 1, 0])).mask.pixels == [0, 1])
  }

  @Test(arguments: [
    "", "{}", "{'descr': '|u1', 'shape': (1, 2), }",
    "{'descr': '|u1', 'fortran_order': 0, 'shape': (1, 2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, -2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)} x",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), 'shape': (1, 2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 99999999999999999999)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999, 2, 4000000000)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 1, 2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 2)}",
    "{'descr': [('a', ']", "{'descr': '|u1",
  ])
  func `nonsense in a header is refused`(text: String) {
    let error = #expect(throws: ImagingError.self) { try annotation(header(text, [1, 2])) }
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `an array of another size than its image is refused, and a page that is not there`()
    throws
  {
    let pages = try #require(try NumPyGolden.load().plain.first { $0.name == "pages" })
    #expect(throws: ImagingError.maskSize(file: "pages", mask: "5x3", image: "3x5")) {
      try NPYFile.annotation(pages.file, width: 3, height: 5, page: 0)
    }
    #expect(throws: ImagingError.noSuchPage(file: "pages", page: 2, pages: 2)) {
      try NPYFile.annotation(pages.file, width: 5, height: 3, page: 2)
    }
    let folder = try TemporaryFolder()
    let url = try folder.write(pages.bytes, as: "pages.npy")
    #expect(try NPYFile.pageCount(of: url) == 2)
    let second = try NPYFile.annotation(url, width: 5, height: 3, page: 1, rule: MaskRule())
    #expect(second.mask.pixels == pages.pages[1].map { $0 == 0 ? 0 : 1 })
    let text = try folder.write(Data("1,2".utf8), as: "a.npy")
    #expect(
      throws: ImagingError.damaged(
        file: "a.npy", reason: "it does not begin as a file of NumPy does")
    ) {
      try NPYFile.pageCount(of: text)
    }
  }

  @Test func `no file that is cut anywhere crashes or is read`() throws {
    let golden = try NumPyGolden.load()
    for expected in golden.plain + golden.cellpose {
      let bytes = [UInt8](expected.bytes)
      for length in 0..<bytes.count {
        let file = PictureBytes(Array(bytes[..<length]), name: expected.name)
        #expect(throws: ImagingError.self, "\(expected.name), \(length)") {
          try NPYFile.contents(file).array.picture(page: 0)
        }
      }
    }
  }

  @Test func `no byte that is changed crashes`() throws {
    for expected in try NumPyGolden.load().cellpose.prefix(8) {
      let bytes = [UInt8](expected.bytes)
      for place in bytes.indices {
        for change: UInt8 in [0x01, 0x80, 0xFF] {
          var changed = bytes
          changed[place] ^= change
          let file = PictureBytes(changed, name: expected.name)
          _ = try? NPYFile.annotation(file, width: 5, height: 3, page: 0)
        }
      }
    }
  }

  @Test func `no number is too great to be counted`() throws {
    // More different numbers than are counted one by one, from end to end of what there is.
    let greatest = Double.greatestFiniteMagnitude
    let ends = (1...4096).flatMap { (part: Int) -> [Double] in
      [greatest / Double(part), -greatest / Double(part)]
    }
    let top = (1...32).map { (part: Int) -> Double in greatest / Double(part) }
    for values in [ends, top + Array(repeating: 0, count: 32)] {
      let bytes = values.flatMap { (value: Double) -> [UInt8] in
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
      }
      let file = header(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1, \(values.count)), }", bytes)
      _ = try? annotation(file, width: values.count)
    }
  }
}
