import Basics
import Foundation
import Testing

@testable import Imaging

struct ChannelContrastTests {
  static let side = 128

  /// A channel of a value a pixel.
  static func channel(_ value: (Int, Int) -> Double, noise: Double, seed: UInt64) -> Image {
    var rng = SeededGenerator(seed: seed)
    return Image(
      width: side, height: side, bitDepth: 16,
      values: (0..<side * side).map { index in
        // Twelve uniform numbers make a normal one.
        let normal = (0..<12).reduce(-6) { sum, _ in sum + rng.uniform(0..<1) }
        let bright = value(index % side, index / side) + noise * normal
        return Float(min(max(bright, 0), 65535).rounded())
      })
  }

  /// How far a pixel lies from the nearest of a few cells' middles, in radii of a cell.
  static func distance(_ x: Int, _ y: Int, cells: Int) -> Double {
    (0..<cells).map { cell in
      let (dx, dy) = (x - (17 + cell * 37) % side, y - (29 + cell * 53) % side)
      return (Double(dx * dx + dy * dy)).squareRoot() / 12
    }.min() ?? 9
  }

  /// Dark bodies with bright rims on a middle grey.
  static func phase(cells: Int = 6, noise: Double = 30, seed: UInt64 = 1) -> Image {
    channel(
      { x, y in
        let far = distance(x, y, cells: cells)
        return far < 0.85 ? 1500 : far < 1.15 ? 2600 : 2000 + 40 * sin(Double(x + y) / 9)
      }, noise: noise, seed: seed)
  }

  /// Bright bodies on a dark ground.
  static func fluorescence(
    cells: Int, noise: Double = 20, top: Double = 3000, seed: UInt64 = 2
  ) -> Image {
    channel(
      { x, y in
        let far = distance(x, y, cells: cells)
        return 100 + (far < 1 ? top * (1 - far * far) : 0)
      }, noise: noise, seed: seed)
  }

  static let empty = channel({ _, _ in 100 }, noise: 0, seed: 3)
  static let noise = channel({ _, _ in 100 }, noise: 12, seed: 4)
  /// An empty channel, brighter in the middle.
  static let shaded = channel(
    { x, y in 400 - Double((x - 64) * (x - 64) + (y - 64) * (y - 64)) / 100 }, noise: 20, seed: 5)
  static let saturated = channel({ _, _ in 65535 }, noise: 0, seed: 6)

  static let others: [(String, Image)] = [
    ("sparse fluorescence", fluorescence(cells: 3)), ("dense", fluorescence(cells: 14)),
    ("noisy", fluorescence(cells: 8, noise: 120)),
    ("saturated fluorescence", fluorescence(cells: 14, top: 200_000)), ("empty", empty),
    ("noise", noise), ("shaded", shaded), ("saturated", saturated),
  ]

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7]) func `phase contrast is found before and behind`(
    other: Int
  ) {
    let (name, image) = Self.others[other]
    for phase in [Self.phase(), Self.phase(cells: 1), Self.phase(cells: 20, noise: 60, seed: 9)] {
      #expect(ChannelContrast.likeliest(of: [phase, image]) == 0, "\(name)")
      #expect(ChannelContrast.likeliest(of: [image, phase]) == 1, "\(name)")
    }
  }

  @Test func `among all channels phase contrast is found wherever it stands`() {
    for place in 0...Self.others.count {
      var channels = Self.others.map(\.1)
      channels.insert(Self.phase(), at: place)
      #expect(ChannelContrast.likeliest(of: channels) == place)
    }
  }

  @Test func `of channels that say nothing the first is taken`() {
    #expect(ChannelContrast.likeliest(of: [Self.empty, Self.saturated]) == 0)
    #expect(ChannelContrast.likeliest(of: [Self.saturated, Self.empty, Self.empty]) == 0)
    let point = Image(width: 1, height: 1, bitDepth: 8, values: [3])
    #expect(ChannelContrast.likeliest(of: [point, point]) == 0)
    #expect(ChannelContrast.likeliest(of: [point, Self.phase()]) == 1)
    let lost = Image(
      width: 16, height: 16, bitDepth: 32, values: Array(repeating: .nan, count: 256))
    #expect(ChannelContrast.likeliest(of: [lost, Self.phase()]) == 1)
  }

  @Test(
    .enabled(if: SharedData.isPresent),
    arguments: [
      ("c11_channels/images/ij_2ch_phase_first.tif", 0),
      ("c11_channels/images/ij_2ch_phase_second.tif", 1),
      ("c11_channels/images/ome_c2.ome.tif", 0),
      ("c11_channels/images/spp2_contig_phase_second.tif", 1),
      ("c11_channels/images/spp2_planar_phase_second.tif", 1),
      ("c22_pages_one_mask/images/pos0.tif", 0), ("c22_pages_one_mask/images/pos1.tif", 0),
      ("c22_pages_one_mask/images/pos2.tif", 0),
    ]) func `the phase contrast of the field's files is found`(name: String, place: Int) throws
  {
    let url = SharedData.url("field-cases/" + name)
    let count = try ImageFile.pageCount(of: url)
    let channels = try (0..<count).map { try ImageFile.read(url, page: $0) }
    #expect(ChannelContrast.likeliest(of: channels) == place)
  }

  @Test(
    .enabled(if: SharedData.isPresent),
    arguments: [
      "usiigaci-crops16/images", "usiigaci-samples/images", "yeast/images", "cho-dic/images",
      "bubil2-rabbitsmc-crops/images",
    ]) func `every real image in transmitted light comes before a channel without it`(
      folder: String
    ) throws
  {
    let files = try FileManager.default.contentsOfDirectory(
      at: SharedData.url(folder), includingPropertiesForKeys: nil)
    let weakest = Self.others.map(\.1).map(ChannelContrast.likeness).max() ?? 1
    for file in files where ImageFile.extensions.contains(file.pathExtension) {
      let likeness = ChannelContrast.likeness(try ImageFile.read(file))
      #expect(likeness > weakest, "\(file.lastPathComponent): \(likeness) against \(weakest)")
    }
  }
}
