import Foundation
import Imaging
import Testing

struct EncodingTests {
  @Test(arguments: [(1, 1), (7, 3), (64, 65), (1, 300), (300, 1)])
  func `what is encoded decodes to the same values`(width: Int, height: Int) throws {
    for seed in UInt64(0)..<6 {
      for depth in [8, 16] {
        let image = Noise.image(width, height, bitDepth: depth, seed: seed)
        let png = PNG.encode(image, bitDepth: depth)
        let tiff = TIFF.encode(image, bitDepth: depth)
        #expect(try ImageFile.decode(png, name: "x") == image, "seed \(seed) depth \(depth)")
        #expect(try ImageFile.decode(tiff, name: "x") == image, "seed \(seed) depth \(depth)")
      }
      let float = Noise.image(width, height, bitDepth: 32, seed: seed)
      #expect(try ImageFile.decode(TIFF.encode(float, bitDepth: 32), name: "x") == float)
    }
  }

  @Test func `the same pixels give the same bytes`() {
    let image = Noise.image(50, 40, bitDepth: 16, seed: 5)
    #expect(PNG.encode(image, bitDepth: 16) == PNG.encode(image, bitDepth: 16))
    #expect(TIFF.encode(image) == TIFF.encode(image))
  }

  @Test func `values are rounded and held to the range of the depth`() throws {
    let image = Image(
      width: 6, height: 1, bitDepth: 32, values: [-3, 0.4, 0.6, 254.6, 300, .nan])
    #expect(
      try ImageFile.decode(PNG.encode(image), name: "x").values == [0, 0, 1, 255, 255, 0])
    let wide = Image(width: 2, height: 1, bitDepth: 32, values: [65534.6, 1e9])
    #expect(
      try ImageFile.decode(TIFF.encode(wide), name: "x").values == [65535, 65535])
  }

  @Test func `colour is written as red, green, blue`() throws {
    let rgb: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
    let image = try ImageFile.decode(PNG.encode(rgb: rgb, width: 2, height: 2), name: "x")
    #expect(image.values == [76, 150, 29, 255])
  }

  @Test func `numbered cells keep their numbers`() throws {
    let labels = Image(width: 3, height: 2, bitDepth: 16, values: [0, 1, 2, 300, 65535, 7])
    for data in [PNG.encode(labels, bitDepth: 16), TIFF.encode(labels)] {
      #expect(try ImageFile.decode(data, name: "x") == labels)
    }
  }

  @Test func `a mask comes back from its PNG`() throws {
    let folder = try TemporaryFolder()
    for seed in UInt64(0)..<20 {
      let mask = Noise.mask(31, 17, seed: seed)
      let url = try folder.write(MaskFile.encode(mask), as: "mask.png")
      #expect(try MaskFile.read(url, rule: .project).mask == mask, "seed \(seed)")
      #expect(
        try Set(ImageFile.read(url).values).isSubset(of: [0, 255]), "seed \(seed)")
      #expect(MaskFile.encode(mask) == MaskFile.encode(mask))
    }
  }
}
