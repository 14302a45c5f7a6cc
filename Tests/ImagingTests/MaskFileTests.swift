import Foundation
@testable import Imaging
import Testing

struct MaskPolarityTests {
  typealias Evidence = MaskPolarity.Evidence

  @Test func `one-bit masks whose border is set have black cells`() {
    let inverted = Evidence(borderFraction: 1, areaFraction: 0.95, isBilevel: true)
    let usual = Evidence(borderFraction: 0, areaFraction: 0.05, isBilevel: true)
    #expect(inverted.suggestion == .cellBlack)
    #expect(usual.suggestion == .cellWhite)
  }

  @Test func `crowded 8-bit masks are white, near-full borders and areas are black`() {
    let crowded = Evidence(borderFraction: 0.8, areaFraction: 0.7, isBilevel: false)
    let inverted = Evidence(borderFraction: 1, areaFraction: 0.9, isBilevel: false)
    #expect(crowded.suggestion == .cellWhite)
    #expect(inverted.suggestion == .cellBlack)
  }

  @Test func `numbered cells are never inverted`() {
    let labels = Evidence(
      borderFraction: 1, areaFraction: 0.99, isBilevel: false, hasLabels: true)
    #expect(labels.suggestion == .cellWhite)
  }

  @Test func `a set is decided by its majority and names those that look otherwise`() {
    let black = Evidence(borderFraction: 1, areaFraction: 0.9, isBilevel: true)
    let white = Evidence(borderFraction: 0, areaFraction: 0.1, isBilevel: true)
    let full = Evidence(borderFraction: 1, areaFraction: 1, isBilevel: true)
    let decision = MaskPolarity.decide(for: [black, white, black, full])
    #expect(decision == MaskPolarity.Decision(polarity: .cellBlack, dissenters: [1]))
    #expect(MaskPolarity.decide(for: [black, white]).polarity == .cellWhite)
    #expect(MaskPolarity.decide(for: [full]).polarity == .cellWhite)
    #expect(MaskPolarity.decide(for: []).polarity == .cellWhite)
  }
}

struct MaskFileTests {
  static func evidence(in url: URL) throws -> MaskPolarity.Evidence {
    MaskFile.evidence(in: try ImageFile.picture(url, page: 0)).evidence
  }

  @Test func `any value but zero is cell`() throws {
    let folder = try TemporaryFolder()
    let labels = Image(width: 3, height: 2, bitDepth: 16, values: [0, 1, 0, 300, 2, 0])
    let url = try folder.write(PNG.encode(labels, bitDepth: 16), as: "m.png")
    #expect(try MaskFile.read(url).pixels == [0, 1, 0, 1, 1, 0])
    #expect(try Self.evidence(in: url).hasLabels)
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
    #expect(try MaskFile.read(url) == mask)
    #expect(try MaskFile.read(url, polarity: .cellWhite) == inverted)
    #expect(try MaskFile.read(url, polarity: .cellBlack) == mask)
  }

  @Test func `a mask of another size than its image is refused with both sizes`() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(MaskFile.encode(Mask(width: 4, height: 3)), as: "m.png")
    let error = #expect(throws: ImagingError.self) {
      try MaskFile.read(url, imageWidth: 5, imageHeight: 3)
    }
    #expect(
      error?.description
        == "the mask m.png is 4x3 and its image is 5x3: they must have the same size")
    #expect(try MaskFile.read(url, imageWidth: 4, imageHeight: 3).area == 0)
  }

  @Test func `a palette of greys counts by its greys, one of colours by its indices`() throws {
    let folder = try TemporaryFolder()
    let rows: [[UInt8]] = [[0, 1, 0], [0, 1, 1], [0, 0, 0]]
    let whiteFirst = HandMadePNG.palette(rows, colors: [[255, 255, 255], [0, 0, 0]])
    let coloured = HandMadePNG.palette(rows, colors: [[255, 255, 0], [0, 0, 255]])
    let url = try folder.write(whiteFirst, as: "grey.png")
    #expect(try MaskFile.read(url, polarity: .cellWhite).rows == ["101", "100", "111"])
    #expect(
      try MaskFile.read(folder.write(coloured, as: "c.png")).rows == ["010", "011", "000"])
    #expect(try ImageFile.read(url).values == [255, 0, 255, 255, 0, 0, 255, 255, 255])
  }

  @Test func `the border is the outermost pixels and nothing else`() throws {
    let folder = try TemporaryFolder()
    for (rows, border, area) in [
      (["0000", "0110", "0110", "0000"], 0, 0.25), (["1111", "1001", "1111"], 1, 10.0 / 12),
      (["1000", "0010", "0001"], 0.2, 0.25), (["101"], 2.0 / 3, 2.0 / 3), (["1", "0"], 0.5, 0.5),
    ] {
      let url = try folder.write(MaskFile.encode(Mask(rows)), as: "m.png")
      let evidence = try Self.evidence(in: url)
      #expect(abs(evidence.borderFraction - border) < 1e-12, "\(rows)")
      #expect(abs(evidence.areaFraction - area) < 1e-12, "\(rows)")
      #expect(!evidence.isBilevel && !evidence.hasLabels)
    }
  }

  @Test func `an empty and a full mask stay what they are`() throws {
    let folder = try TemporaryFolder()
    for value in [UInt8(0), 1] {
      let mask = Mask(width: 5, height: 5, pixels: Array(repeating: value, count: 25))
      let url = try folder.write(MaskFile.encode(mask), as: "m.png")
      #expect(try MaskFile.read(url) == mask)
    }
  }
}

@Suite(.enabled(if: SharedData.isPresent))
struct PublishedMaskTests {
  @Test(arguments: [
    ("bubil_gray16_mask_1bit_inverted.png", MaskPolarity.cellBlack, 0.0...0.2),
    ("bubil_palette8_mask_1bit_inverted.png", .cellBlack, 0.005...0.007),
    ("pfcpn_mask_1bit.png", .cellWhite, 0.074...0.0741),
    ("usiigaci_palette_labels.png", .cellWhite, 0.1846...0.1847),
    ("usiigaci_instance_ids_8bit.png", .cellWhite, 0.1846...0.1847),
    ("set45_labels.png", .cellWhite, 0.135...0.136),
    ("set45_mask.png", .cellWhite, 0.135...0.136),
  ]) func `published masks are read the right way round`(
    name: String, polarity: MaskPolarity, area: ClosedRange<Double>
  ) throws {
    let url = SharedData.url("loader-cases/original/" + name)
    #expect(MaskFile.decidePolarity(for: [url]).polarity == polarity)
    let mask = try MaskFile.read(url)
    let fraction = Double(mask.area) / Double(mask.pixels.count)
    #expect(area.contains(fraction), "\(fraction)")
  }

  @Test func `palette and numbered masks of one image are one mask`() throws {
    let folder = SharedData.url("loader-cases/original")
    let masks = try ["usiigaci_palette_labels.png", "usiigaci_instance_ids_8bit.png"].map {
      try MaskFile.read(folder.appendingPathComponent($0))
    }
    #expect(masks[0] == masks[1])
  }

  @Test(arguments: [
    ("BU-BIL/BU-BIL_Dataset1/GoldStandard", MaskPolarity.cellBlack),
    ("bubil2-rabbitsmc-crops/masks", .cellWhite), ("usiigaci-samples/masks", .cellWhite),
    ("usiigaci-crops16/labels", .cellWhite),
  ]) func `every mask of a published set agrees with its set`(
    path: String, polarity: MaskPolarity
  ) throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: SharedData.url(path), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "png" }
    #expect(files.count >= 12)
    #expect(
      MaskFile.decidePolarity(for: files)
        == MaskPolarity.Decision(polarity: polarity, dissenters: []))
  }
}
