import Foundation
import Imaging
import Testing

@Suite(.enabled(if: SharedData.isPresent))
struct ImageFileTests {
  static let variants = "loader-cases/tiff-variants/"
  static let original = "loader-cases/original/"

  static func reference(_ name: String) throws -> Image {
    try SharedData.image(variants + name)
  }

  @Test(arguments: [
    "gray16_3pages", "gray16_be", "gray16_bigtiff", "gray16_deflate_predictor", "gray16_imagej",
    "gray16_le_strips", "gray16_lzw", "gray16_lzw_predictor", "gray16_tiled64",
    "gray16_tiled64_deflate",
  ]) func `a 16-bit TIFF holds the reference's values`(name: String) throws {
    #expect(
      try SharedData.image(Self.variants + name + ".tif") == Self.reference("reference_16bit.png"))
  }

  @Test(arguments: [
    "gray8", "gray8_lzw_be", "gray8_miniswhite", "gray8_packbits", "palette8", "rgb8",
    "rgb8_planar", "rgba8",
  ]) func `an 8-bit TIFF holds the reference's values`(name: String) throws {
    #expect(
      try SharedData.image(Self.variants + name + ".tif") == Self.reference("reference_8bit.png"))
  }

  @Test func `the 8-bit reference is the high byte of the 16-bit one`() throws {
    let wide = try Self.reference("reference_16bit.png")
    let narrow = try Self.reference("reference_8bit.png")
    #expect(wide.bitDepth == 16 && narrow.bitDepth == 8)
    #expect(wide.values.map { Float(Int($0) >> 8) } == narrow.values)
  }

  @Test func `pages are counted and the second and third are the first's flips`() throws {
    let url = SharedData.url(Self.variants + "gray16_3pages.tif")
    #expect(try ImageFile.pageCount(of: url) == 3)
    let pages = try (0..<3).map { try ImageFile.read(url, page: $0) }
    let (width, height) = (pages[0].width, pages[0].height)
    func flipped(_ swap: (Int, Int) -> (Int, Int)) -> [Float] {
      (0..<width * height).map { index in
        let (x, y) = swap(index % width, index / width)
        return pages[0].values[y * width + x]
      }
    }
    let flips = [flipped { ($0, height - 1 - $1) }, flipped { (width - 1 - $0, $1) }]
    #expect(Set([pages[1].values, pages[2].values]) == Set(flips))
    #expect(throws: ImagingError.noSuchPage(file: "gray16_3pages.tif", page: 3, pages: 3)) {
      try ImageFile.read(url, page: 3)
    }
  }

  @Test func `a float TIFF holds the 16-bit values over 65535`() throws {
    let image = try SharedData.image(Self.variants + "float32.tif")
    let reference = try Self.reference("reference_16bit.png")
    #expect(image.bitDepth == 32)
    #expect(zip(image.values, reference.values).allSatisfy { abs($0 - $1 / 65535) <= 1e-7 })
  }

  @Test(arguments: ["bilevel_mask.tif", "bilevel_mask_g4.tif"])
  func `a bilevel TIFF is 1 where the reference exceeds 110`(name: String) throws {
    let image = try SharedData.image(Self.variants + name)
    #expect(image.bitDepth == 1)
    #expect(
      image.values == (try Self.reference("reference_8bit.png")).values.map { $0 > 110 ? 1 : 0 })
  }

  @Test func `the truncated TIFF is refused by name`() throws {
    let error = #expect(throws: ImagingError.self) {
      try SharedData.image(Self.variants + "truncated.tif")
    }
    let text = try #require(error).description
    #expect(text.hasPrefix("truncated.tif is damaged or cut short ("), "\(text)")
  }

  @Test func `the JPEG holds Pillow's grey`() throws {
    let image = try SharedData.image(Self.original + "pfcpn_rgb.jpg")
    #expect(image.width == 1280 && image.height == 960 && image.bitDepth == 8)
    // Pillow's mean of `L`; a decoder may round each pixel by 1 either way.
    let mean = image.values.reduce(0) { $0 + Double($1) } / Double(1280 * 960)
    #expect(abs(mean - 189.006_432) < 0.05)
  }

  @Test(arguments: [
    ("bubil_gray16_12bitrange.png", 1300, 1030, 16, 720, 4095),
    ("bubil_gray16_mask_1bit_inverted.png", 1300, 1030, 1, 0, 1),
    ("bubil_palette8.png", 1300, 1030, 8, 0, 229),
    ("bubil_palette8_mask_1bit_inverted.png", 1300, 1030, 1, 0, 1),
    ("pfcpn_mask_1bit.png", 1280, 960, 1, 0, 1),
    ("set45_image.tif", 1024, 1022, 16, 4793, 65535),
    ("set45_labels.png", 1024, 1022, 16, 0, 90),
    ("set45_mask.png", 1024, 1022, 8, 0, 255),
    ("usiigaci_instance_ids_8bit.png", 1024, 1022, 8, 0, 52),
  ]) func `published files open with their size, depth and range`(
    name: String, width: Int, height: Int, depth: Int, least: Float, most: Float
  ) throws {
    let header = try ImageFile.header(SharedData.url(Self.original + name))
    let image = try SharedData.image(Self.original + name)
    #expect(header.width == width && header.height == height)
    #expect(image.width == width && image.height == height && image.bitDepth == depth)
    #expect(image.values.min() == least && image.values.max() == most)
  }

  @Test func `a palette of greys gives the greys and one of colours Pillow's L`() throws {
    let labels = try SharedData.image(Self.original + "usiigaci_palette_labels.png")
    #expect(labels.bitDepth == 8)
    // Index 1 is (96, 224, 128) in the file: L = 174.782 rounded.
    #expect(Set(labels.values).contains(175))
  }

  @Test func `what a file is called does not matter`() throws {
    let folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: SharedData.url(Self.variants + "gray8.tif"))
    let url = try folder.write(bytes, as: "wrong.png")
    #expect(try ImageFile.read(url) == Self.reference("reference_8bit.png"))
  }
}
