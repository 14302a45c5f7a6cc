import Basics
import Imaging
import Testing

@testable import Objects

@Suite("Cells of a network's two channels")
struct CellDecoderTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let width: Int
      let height: Int
      let cell: [UInt8]
      let core: [UInt8]
      let labels: [UInt16]
    }

    let cases: [Case]
  }

  @Test("Cells are those of a plain watershed over the same planes")
  func reference() throws {
    let golden = try ObjectsTests.Golden.load("decoding", as: Golden.self)
    #expect(golden.cases.count == 10)
    for (place, each) in golden.cases.enumerated() {
      let decoder = CellDecoder(
        Mask(width: each.width, height: each.height, pixels: each.cell.map { $0 >> 7 }))
      let cells = decoder.cells(core: each.core.map { Float($0) / 255 })
      let differing = zip(cells.labels, each.labels).count { $0 != $1 }
      #expect(differing == 0, "case \(place)")
    }
  }

  @Test(
    "Touching cells whose cores lie apart are as many cells, and every pixel of the mask is of one")
  func touching() {
    let truth = Self.bricks(width: 90, height: 60, side: 15)
    let core = CoreTarget(truth).cores.labels.map { $0 == 0 ? Float(0.1) : 0.9 }
    let cells = CellDecoder(truth.mask).cells(core: core)
    #expect(cells.cells.count == 24)
    #expect(cells.mask.area == 90 * 60)
    // The seam may fall a pixel to either side.
    let agreeing = truth.cells.count { label in
      let mask = truth.mask(of: label)
      let found = cells[
        mask.box?.columns.lowerBound.advanced(by: 7) ?? 0, (mask.box?.rows.lowerBound ?? 0) + 7]
      return cells.mask(of: found).area > 150
    }
    #expect(agreeing == 24)
  }

  @Test("Pieces of core are one cell where it falls less than half of the usual peak between them")
  func saddles() {
    let mask = Mask(width: 9, height: 1, pixels: Array(repeating: 1, count: 9))
    func cells(_ saddle: Float) -> [LabelImage.Label] {
      let core: [Float] = [0.9, 0.9, 0.9, 0.9, saddle, 0.8, 0.8, 0.8, 0.8]
      return CellDecoder(mask).cells(core: core).labels
    }
    #expect(Set(cells(0.45)) == [1])
    #expect(Set(cells(0.4)) == [1])
    // The usual peak of two is the higher one: it has to fall by more than 0.45 from 0.8.
    #expect(cells(0.3) == [1, 1, 1, 1, 1, 2, 2, 2, 2])
  }

  @Test("A piece of the mask without a core is one cell, and a speck is none")
  func seedless() {
    var mask = Mask(width: 60, height: 40)
    for y in 5..<25 { mask.fill(y * 60 + 5..<y * 60 + 25, with: true) }
    for y in 5..<15 { mask.fill(y * 60 + 40..<y * 60 + 50, with: true) }
    mask[50, 35] = true
    let cells = CellDecoder(mask).cells(core: Array(repeating: 0, count: 60 * 40))
    #expect(cells.areas == [1: 400, 2: 100])
    #expect(CellDecoder(mask).cells() == cells)
  }

  @Test("Without cores two discs that meet are two cells, and a bent rod is one")
  func shape() {
    var mask = Mask(width: 120, height: 60)
    func disc(_ cx: Int, _ cy: Int, _ r: Int) {
      for y in 0..<60 {
        for x in 0..<120 where (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r {
          mask[x, y] = true
        }
      }
    }
    disc(20, 30, 14)
    disc(44, 30, 14)
    for t in 0...60 { disc(70 + t * 40 / 60, 15 + (t - 30) * (t - 30) / 30, 4) }
    let cells = CellDecoder(mask).cells()
    #expect(cells.cells.count == 3)
    #expect(cells[20, 30] != cells[44, 30])
    #expect(cells.mask == mask)
  }

  @Test("Nothing is nothing, and all of a picture is one cell")
  func extremes() {
    let none = CellDecoder(Mask(width: 9, height: 7, pixels: Array(repeating: 0, count: 63)))
    #expect(none.cells().cells.isEmpty)
    #expect(none.cells(core: Array(repeating: 1, count: 63)).cells.isEmpty)
    let all = CellDecoder(Mask(width: 9, height: 7, pixels: Array(repeating: 1, count: 63)))
    #expect(all.cells().areas == [1: 63])
    #expect(all.cells(core: Array(repeating: 0, count: 63)).areas == [1: 63])
  }

  /// Cells of one size that fill the picture.
  private static func bricks(width: Int, height: Int, side: Int) -> LabelImage {
    LabelImage(
      width: width, height: height,
      labels: (0..<width * height).map { index in
        let (x, y) = (index % width, index / width)
        return UInt16(y / side * (width / side) + x / side + 1)
      })
  }
}
