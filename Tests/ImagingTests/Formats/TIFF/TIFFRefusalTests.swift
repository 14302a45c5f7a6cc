import Foundation
import Testing

@testable import Imaging

struct TIFFRefusalTests {
  typealias Page = HandMadeTIFF.Page

  @Test(arguments: [
    (33003, "JPEG 2000"), (33005, "JPEG 2000"), (34712, "JPEG 2000"), (34933, "PNG"),
    (50002, "JPEG XL"), (34934, "JPEG XR"), (12345, "compression 12345"),
  ]) func `a compression that is not read is called by its name, and never damage`(
    code: Int, name: String
  ) {
    let file = HandMadeTIFF(.grey(4, 3, [259: .shorts([code])]))
    for read in [{ try file.values(0).count }, { try file.contents().planes.count }] {
      let error = #expect(throws: ImagingError.self) { try read() }
      let line = error?.description ?? ""
      #expect(line.hasPrefix("x.tif cannot be decoded (its pixels are packed as \(name)): "))
      #expect(line.contains("tifffile") && line.hasSuffix(" x.tif x-converted.tif"), "\(line)")
    }
  }

  @Test(arguments: [
    (5, "CMYK, for printing"), (6, "YCbCr without JPEG"), (8, "CIE L*a*b*"),
    (32844, "of a wide range (LogLuv)"), (32845, "of a wide range (LogLuv)"),
    (7, "of an unknown kind (photometric interpretation 7)"),
  ]) func `colours that are not read are called by their names`(code: Int, name: String) {
    let file = HandMadeTIFF(.grey(4, 3, [262: .shorts([code])]))
    let error = #expect(throws: ImagingError.self) { try file.contents() }
    let line = error?.description ?? ""
    #expect(line.hasPrefix("x.tif cannot be decoded (its colours are \(name)): "), "\(line)")
    #expect(line.contains("magick x.tif -colorspace Gray -compress Zip x-converted.tif"))
  }

  @Test(
    arguments: [
      [262: .shorts([32803])], [262: .shorts([34892])], [50706: .bytes([1, 4, 0, 0])],
    ] as [[Int: HandMadeTIFF.Value]]) func `what a camera's sensor saw is to be developed`(
      tags: [Int: HandMadeTIFF.Value]
    )
  {
    let error = #expect(throws: ImagingError.self) {
      try HandMadeTIFF(.grey(4, 3, tags)).contents()
    }
    let line = error?.description ?? ""
    #expect(line.hasSuffix("darktable-cli x.tif x-converted.tif"), "\(line)")
  }

  @Test(arguments: [(24, 1, "24 bits a sample"), (8, 3, "8 bits a sample"), (64, 6, "complex")])
  func `numbers that are not read are called by their names`(
    bits: Int, format: Int, name: String
  ) {
    var page = Page.grey(8, 8, [339: .shorts([format])])
    (page.bits, page.width, page.height) = (bits, 2, 2)
    let error = #expect(throws: ImagingError.self) { try HandMadeTIFF(page).contents() }
    #expect(error?.description.contains(name) == true)
  }

  @Test func `no advice names a file that is there already`() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(
      HandMadeTIFF(.grey(4, 3, [259: .shorts([34712])])).data, as: "x y.tif")
    _ = try folder.write(Data([1]), as: "x y-converted.tif")
    let error = #expect(throws: ImagingError.self) { try ImageFile.read(url) }
    let line = try #require(error).description
    #expect(line.hasSuffix(" 'x y.tif' 'x y-converted-2.tif'"), "\(line)")
  }

  @Test func `a size counts by its pixels, and by the memory that it takes`() throws {
    func check(_ side: Int, channels: Int, bits: Int) throws(ImagingError) {
      try RawPicture.check(
        file: "x.tif", width: side, height: side, channels: channels, bits: bits, stored: 0,
        ratio: 0)
    }
    try check(10_000, channels: 3, bits: 8)
    try check(10_000, channels: 3, bits: 16)
    try check(16_384, channels: 4, bits: 8)
    try check(16_384, channels: 1, bits: 64)
    for (side, channels, bits) in [(16_385, 1, 8), (16_384, 9, 8), (16_384, 3, 64)] {
      #expect(
        throws: ImagingError.tooLarge(file: "x.tif", width: side, height: side, channels: channels)
      ) { try check(side, channels: channels, bits: bits) }
    }
    // A file may say that its strips are longer than anything.
    try RawPicture.check(
      file: "x.tif", width: 9, height: 9, channels: 1, bits: 8, stored: .max, ratio: 2731)
    let line = ImagingError.tooLarge(file: "x.tif", width: 9, height: 8, channels: 3).description
    #expect(line.contains("268435456 pixels, or 2 GB, that are read"))
  }

  @Test func `the raw values of an inverting table stay as they are, its image is turned`() throws {
    let file = HandMadeTIFF(.grey(4, 3, [262: .shorts([0])]))
    let picture = try ImageFile.picture(file.data, name: "x.tif", page: 0)
    #expect(picture.isMinWhite && picture.samples == (0..<12).map { UInt8($0) })
    #expect(try file.values(0) == (0..<12).map { Float(255 - $0) })
  }

  @Test func `one colour can be read alone, and is read so where the others never change`() throws {
    let folder = try TemporaryFolder()
    let rgb: [UInt8] = [10, 20, 30, 40, 50, 60]
    let url = try folder.write(PNG.encode(rgb: rgb, width: 2, height: 1), as: "x.png")
    #expect(try ImageFile.contents(of: url).isColor)
    #expect(try ImageFile.read(url, color: .red).values == [10, 40])
    #expect(try ImageFile.read(url, color: .green).values == [20, 50])
    #expect(try ImageFile.read(url, color: .blue).values == [30, 60])
    #expect(try ImageFile.read(url).values == [18, 48])
    let blue = PNG.encode(rgb: [7, 0, 30, 7, 0, 60], width: 2, height: 1)
    #expect(try ImageFile.decode(blue, name: "x.png").values == [30, 60])
    // Where nothing changes the grey of the colour stays.
    let flat = PNG.encode(rgb: [0, 200, 0, 0, 200, 0], width: 2, height: 1)
    #expect(try ImageFile.decode(flat, name: "x.png").values == [117, 117])
    let grey = try folder.write(
      PNG.encode(Image(width: 2, height: 1, bitDepth: 8, values: [1, 2])), as: "grey.png")
    #expect(try ImageFile.read(grey, color: .blue).values == [1, 2])
  }
}
