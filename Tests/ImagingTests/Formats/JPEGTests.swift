import Basics
import Foundation
import Testing

@testable import Imaging

struct JPEGTests {
  static let goldens = PictureGolden.load("imaging-jpeg")

  @Test func `the goldens are there`() {
    #expect(Self.goldens.count == 18 && FieldGolden.files.count == 2)
  }

  // The standard lets a block's pixels differ by 1 (ITU-T T.83); blue is Y + 1.772 Cb and red Y + 1.402 Cr, so
  // that colours may differ by 3. libjpeg-turbo and Pillow's copy of it agree to the bit.
  @Test(arguments: goldens) func `a JPEG decodes to Pillow's samples`(file: PictureGolden) throws {
    let picture = try JPEG.decode(file.bytes, file: file.name)
    #expect(picture.bits == 8 && picture.format == .unsigned && !picture.isMinWhite)
    #expect(file.gap(to: picture) <= (file.color == "rgb" ? 3 : 1))
  }

  @Test(arguments: goldens) func `a JPEG cut anywhere is refused by name`(file: PictureGolden) {
    for length in 0..<file.bytes.count {
      let error = #expect(throws: ImagingError.self) {
        try JPEG.decode(file.bytes.prefix(length), file: file.name)
      }
      #expect(error?.description.hasPrefix("\(file.name) is damaged or cut short (") == true)
    }
  }

  @Test(arguments: goldens) func `a JPEG cut short and closed again is no picture`(
    file: PictureGolden
  ) throws {
    let start = try #require(file.bytes.range(of: Data([0xff, 0xda])))
    let middle = (start.upperBound + file.bytes.count) / 2
    // A progressive one that ends between two scans is a coarser picture, and says so in no way.
    guard !file.name.contains("progressive") else { return }
    #expect(throws: ImagingError.self) {
      try JPEG.decode(file.bytes.prefix(middle) + [0xff, 0xd9], file: file.name)
    }
  }

  @Test(arguments: goldens) func `flipped bytes never crash the decoder`(file: PictureGolden) {
    for seed in UInt64(0)..<200 {
      var rng = SeededGenerator(seed: seed)
      var bytes = file.bytes
      for _ in 0..<1 + rng.index(below: 4) {
        bytes[rng.index(below: bytes.count)] = UInt8(rng.index(below: 256))
      }
      _ = try? JPEG.decode(bytes, file: file.name)
    }
  }

  @Test func `a channel whose scan is missing is no grey channel`() throws {
    for scans in [[[0, 1, 2]], [[0], [1], [2]], [[0, 1], [2]]] {
      let whole = try JPEG.decode(HandMadeJPEG.grey(components: 3, scans: scans), file: "x.jpg")
      #expect(whole.samples == Array(repeating: 128, count: 8 * 8 * 3))
    }
    for scans in [[[0], [1]], [[0, 1]], [[2]]] {
      let error = #expect(throws: ImagingError.self) {
        try JPEG.decode(HandMadeJPEG.grey(components: 3, scans: scans), file: "x.jpg")
      }
      #expect(error == .damaged(file: "x.jpg", reason: "a channel's scan is missing"))
    }
  }

  @Test func `zeros in front of the end are filling and other bytes are damage`() throws {
    let grey = HandMadeJPEG.grey(components: 1, scans: [[0]])
    let (start, end) = (grey.dropLast(2), grey.suffix(2))
    let filled = start + Data(repeating: 0, count: 40) + end
    #expect(try JPEG.decode(filled, file: "x.jpg") == JPEG.decode(grey, file: "x.jpg"))
    let more = start + Data(repeating: 7, count: 40) + end
    #expect(throws: ImagingError.self) { try JPEG.decode(more, file: "x.jpg") }
    // What cameras put behind the end belongs to nobody.
    #expect(
      try JPEG.decode(grey + Data(repeating: 7, count: 40), file: "x.jpg").samples.count == 64)
  }

  @Test(
    arguments: [
      ("its colours are those of print, CMYK", HandMadeJPEG.header(components: 4)),
      ("it has neither 1 nor 3 channels", HandMadeJPEG.header(components: 2)),
      ("it has arithmetic coding", HandMadeJPEG.header(process: 0xc9)),
      ("", HandMadeJPEG.header(bits: 12, process: 0xc1)), ("", HandMadeJPEG.header(process: 0xc5)),
    ] as [(String, Data)]) func `a sound JPEG of a form that is not read is never called damaged`(
      reason: String, file: Data
    )
  {
    for read in [
      { try _ = JPEG.decode(file, file: "x.jpg") },
      { try _ = JPEG.contents(PictureBytes([UInt8](file), name: "x.jpg")) },
    ] {
      let error = #expect(throws: ImagingError.self) { try read() }
      guard case .unsupported(file: "x.jpg", reason: let found, advice: _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(reason.isEmpty ? !found.isEmpty : found == reason)
    }
  }

  @Test func `a small JPEG that claims to be huge is refused before memory is taken`() {
    let huge = #expect(throws: ImagingError.self) {
      try JPEG.decode(HandMadeJPEG.header(width: 65500, height: 65500), file: "x.jpg")
    }
    guard case .tooLarge = huge else { Issue.record("\(String(describing: huge))"); return }
    let file = HandMadeJPEG.header(width: 16000, height: 16000)
    let large = #expect(throws: ImagingError.self) { try JPEG.decode(file, file: "x.jpg") }
    let reason = "\(file.count) bytes cannot hold 16000x16000 pixels"
    #expect(large == .damaged(file: "x.jpg", reason: reason))
  }

  @Test func `the header of a JPEG is found behind a large profile`() throws {
    let folder = try TemporaryFolder()
    let plain = try #require(Self.goldens.first)
    let profile = (0..<2).map { _ in
      Data([0xff, 0xe2, 0xff, 0xff]) + Data(repeating: 65, count: 0xfffd)
    }
    let bytes = plain.bytes.prefix(2) + profile[0] + profile[1] + plain.bytes.dropFirst(2)
    let url = try folder.write(bytes, as: "x.jpg")
    let header = try ImageFile.header(url)
    #expect(header == (plain.width, plain.height, 1))
    #expect(try ImageFile.read(url).values == plain.samples.map(Float.init))
  }

  @Test(arguments: goldens) func `what a JPEG's header says is told, and that it is lossy`(
    file: PictureGolden
  ) throws {
    let contents = try ImageFile.contents(PictureBytes([UInt8](file.bytes), name: file.name))
    #expect(contents.width == file.width && contents.height == file.height)
    #expect(contents.isLossy && contents.isColor == (file.color == "rgb") && contents.bits == 8)
    #expect(contents.planes == [ImageContents.Plane()] && contents.remarks.isEmpty)
  }

  @Test(.enabled(if: SharedData.isPresent)) func `the field's JPEG holds Pillow's pixels`() throws {
    let file = try #require(FieldGolden.files.first { $0.name.hasSuffix("incucyte.jpg") })
    let image = try SharedData.image("field-cases/" + file.name)
    let gaps = file.gaps(to: image)
    #expect(image.bitDepth == 8 && gaps.pixel <= 1 && gaps.mean < 0.5)
  }
}
