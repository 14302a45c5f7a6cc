import Foundation
import Testing

@testable import Imaging

struct MaskFileTests {
  private func rule(_ urls: [URL], _ values: MaskValues = .automatic) throws -> MaskRule {
    try MaskFile.decide(for: urls.map { ($0, 0) }, given: values).rule
  }

  @Test func `any value but zero is cell, and labels keep their numbers`() throws {
    let folder = try TemporaryFolder()
    let labels = Image(width: 3, height: 2, bitDepth: 16, values: [0, 1, 0, 300, 2, 0])
    let url = try folder.write(PNG.encode(labels, bitDepth: 16), as: "m.png")
    let read = try MaskFile.read(url, rule: rule([url]))
    #expect(read.mask.pixels == [0, 1, 0, 1, 1, 0])
    #expect(read.cells?.labels == [0, 1, 0, 300, 2, 0])
  }

  @Test func `an inverted 8-bit mask is recognised and can be forced`() throws {
    let folder = try TemporaryFolder()
    var mask = Mask(width: 40, height: 30)
    for run in TiledMask(mask).stroked(
      from: PixelPoint(x: 20, y: 15), to: PixelPoint(x: 22, y: 15), diameter: 11)
    {
      mask.fill(run, with: true)
    }
    let inverted = Mask(width: 40, height: 30, pixels: mask.pixels.map { 1 - $0 })
    let url = try folder.write(MaskFile.encode(inverted), as: "m.png")
    #expect(try MaskFile.read(url, rule: rule([url])).mask == mask)
    #expect(try MaskFile.read(url, rule: rule([url], .white)).mask == inverted)
    #expect(try MaskFile.read(url, rule: rule([url], .black)).mask == mask)
    #expect(try MaskFile.read(url, rule: .project).mask == inverted)
  }

  @Test func `a mask of another size than its image is refused with both sizes`() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(MaskFile.encode(Mask(width: 4, height: 3)), as: "m.png")
    let error = #expect(throws: ImagingError.self) {
      try MaskFile.read(url, rule: .project, imageWidth: 5, imageHeight: 3)
    }
    #expect(
      error?.description
        == "the mask m.png is 4x3 and its image is 5x3: they must have the same size")
    #expect(
      try MaskFile.read(url, rule: .project, imageWidth: 4, imageHeight: 3).mask.area == 0)
  }

  @Test func `a palette counts by its indices, whatever its colours`() throws {
    let folder = try TemporaryFolder()
    let rows: [[UInt8]] = [[0, 1, 0], [0, 1, 1], [0, 0, 0]]
    let whiteFirst = HandMadePNG.palette(rows, colors: [[255, 255, 255], [0, 0, 0]])
    let coloured = HandMadePNG.palette(rows, colors: [[255, 255, 0], [0, 0, 255]])
    for file in [whiteFirst, coloured] {
      let url = try folder.write(file, as: "p.png")
      #expect(try MaskFile.read(url, rule: .project).mask.rows == ["010", "011", "000"])
    }
  }

  @Test func `what is not annotated comes back from its file`() throws {
    let folder = try TemporaryFolder()
    for seed in UInt64(0)..<10 {
      let mask = Noise.mask(31, 17, seed: seed)
      let hidden = Noise.mask(31, 17, discs: 2, seed: seed + 100)
      let unknown = Mask(
        width: 31, height: 17, pixels: zip(hidden.pixels, mask.pixels).map { $0 & ~$1 })
      let annotation = Annotation(mask, unknown: unknown)
      let url = try folder.write(MaskFile.encode(annotation), as: "mask.png")
      #expect(try MaskFile.read(url, rule: .project) == annotation, "seed \(seed)")
      let values = try Set(ImageFile.read(url).values)
      #expect(values.isSubset(of: [0, 128, 255]), "seed \(seed)")
      #expect(values.contains(128) == (unknown.area > 0), "seed \(seed)")
    }
    // Beside any other number 128 is one of them.
    let labels = Image(width: 4, height: 1, bitDepth: 8, values: [0, 127, 128, 255])
    let url = try folder.write(PNG.encode(labels), as: "labels.png")
    #expect(try MaskFile.read(url, rule: .project).mask.pixels == [0, 1, 1, 1])
  }

  @Test func `where all is known the bytes are those of a plain mask`() {
    let mask = Noise.mask(31, 17, seed: 3)
    let plain = PNG.encode(
      Image(
        width: 31, height: 17, bitDepth: 8, values: mask.pixels.map { $0 == 0 ? 0 : 255 }))
    #expect(MaskFile.encode(mask) == plain)
    #expect(MaskFile.encode(Annotation(mask, unknown: Mask(width: 31, height: 17))) == plain)
  }

  @Test func `the border is the outermost pixels and nothing else`() {
    for (rows, border, area) in [
      (["0000", "0110", "0110", "0000"], 0, 0.25), (["1111", "1001", "1111"], 1, 10.0 / 12),
      (["1000", "0010", "0001"], 0.2, 0.25), (["101"], 2.0 / 3, 2.0 / 3), (["1", "0"], 0.5, 0.5),
    ] {
      let mask = Mask(rows)
      let cells = DrawnCells(
        width: mask.width, height: mask.height, labels: mask.pixels.map(Int.init))
      let vote = MaskVote(
        MaskEvidence(cells.picture { (i: Int) -> UInt8 in UInt8(255 * cells.labels[i]) }))
      #expect(abs(vote.border - border) < 1e-12, "\(rows)")
      #expect(abs(vote.area - area) < 1e-12, "\(rows)")
      #expect(!vote.isBilevel && !vote.isSure)
    }
  }

  @Test func `of a large set a part is looked at, and that is said`() throws {
    let folder = try TemporaryFolder()
    let cells = DrawnCells(width: 24, height: 24, count: 2, radius: 3..<5, seed: 4)
    let url = try folder.write(MaskFile.encode(cells.mask), as: "m.png")
    let empty = try folder.write(MaskFile.encode(Mask(width: 24, height: 24)), as: "e.png")
    let many = Array(repeating: (file: url, page: 0), count: 500)
    let decision = try MaskFile.decide(for: many)
    #expect(decision.line.hasSuffix("(200 of 500 masks looked at)"))
    #expect(
      throws: MaskTrouble.noCell(looked: 200, total: 500),
      performing: {
        try MaskFile.decide(for: Array(repeating: (file: empty, page: 0), count: 500))
      })
    // Files that cannot be read are passed over.
    let gone = folder.url.appending(path: "gone.png")
    #expect(try MaskFile.decide(for: [(gone, 0)]).notes == [])
    #expect(try MaskFile.decide(for: [(gone, 0), (url, 0)]).line.hasPrefix("0 is ground"))
  }
}
