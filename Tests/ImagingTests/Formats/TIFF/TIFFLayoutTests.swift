import Basics
import Foundation
import Testing

@testable import Imaging

/// A small file of tifffile's, and what tifffile says it holds; made by Tests/Goldens/make_layouts.py.
struct LayoutGolden: Decodable, Sendable, CustomStringConvertible {
  struct Plane: Decodable, Sendable {
    let time: Int?
    let depth: Int?
    let channel: Int?
    let expected: Data

    var place: ImageContents.Plane {
      ImageContents.Plane(time: time, depth: depth, channel: channel)
    }
  }

  let name: String
  let bytes: Data
  let width: Int
  let height: Int
  let planes: [Plane]
  let names: [String]
  let size: [Double]?
  /// How many things are odd.
  let remarks: Int
  let isColor: Bool

  var description: String { name }

  static func load(_ name: String) -> [LayoutGolden] {
    struct Files: Decodable { let files: [LayoutGolden] }
    do {
      return try JSONDecoder().decode(Files.self, from: Golden.data(name)).files
    } catch {
      print("no golden files \(name): \(error)")
      return []
    }
  }
}

struct TIFFLayoutTests {
  static let files = LayoutGolden.load("stacks") + LayoutGolden.load("samples")

  @Test func `the goldens are there`() { #expect(Self.files.count == 38) }

  @Test(arguments: files) func `planes have tifffile's values and places`(
    file: LayoutGolden
  ) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(file.bytes, as: "x.tif")
    let contents = try ImageFile.contents(of: url)
    #expect(contents.planes == file.planes.map(\.place))
    #expect(contents.channelNames == file.names)
    #expect(contents.isColor == file.isColor)
    #expect(contents.remarks.count == file.remarks, "\(contents.remarks)")
    #expect((contents.pixelSize == nil) == (file.size == nil))
    if let size = contents.pixelSize, let expected = file.size {
      #expect(abs(size.x / expected[0] - 1) < 1e-6 && abs(size.y / expected[1] - 1) < 1e-6)
    }
    for (page, plane) in file.planes.enumerated() {
      let image = try ImageFile.read(url, page: page)
      let header = try ImageFile.header(url, page: page)
      #expect(header.pages == file.planes.count)
      #expect(header.width == image.width && header.height == image.height)
      #expect(Data(Codec.bytes(of: image.values)) == plane.expected, "plane \(page)")
      #expect(try ImageFile.decode(file.bytes, name: "x", page: page) == image)
    }
    let first = try ImageFile.read(url)
    #expect(contents.width == first.width && contents.height == first.height)
    #expect(contents.width == file.width && contents.height == file.height)
    let count = file.planes.count
    #expect(throws: ImagingError.noSuchPage(file: "x.tif", page: count, pages: count)) {
      try ImageFile.read(url, page: count)
    }
    #expect(throws: ImagingError.noSuchPage(file: "x.tif", page: -1, pages: count)) {
      try ImageFile.header(url, page: -1)
    }
  }

  @Test(arguments: files) func `flipped bytes never crash the layout`(file: LayoutGolden) {
    for seed in UInt64(0)..<40 {
      var rng = SeededGenerator(seed: seed)
      var bytes = [UInt8](file.bytes)
      for _ in 0..<1 + rng.index(below: 4) {
        bytes[rng.index(below: bytes.count)] = UInt8(rng.index(below: 256))
      }
      guard let contents = try? ImageFile.contents(PictureBytes(bytes, name: "x")) else { continue }
      #expect(!contents.planes.isEmpty)
      for page in contents.planes.indices.prefix(4) {
        _ = try? ImageFile.decode(Data(bytes), name: "x", page: page)
      }
    }
  }
}

@Suite(.enabled(if: SharedData.isPresent))
struct FieldTIFFTests {
  struct Digests: Decodable { let planes: [String: [String]] }

  @Test func `every plane of the field's TIFFs has tifffile's values`() throws {
    let digests = try JSONDecoder().decode(Digests.self, from: Golden.data("field-tiffs")).planes
    #expect(digests.count == 21)
    for (name, expected) in digests {
      let url = SharedData.url("field-cases/" + name)
      let contents = try ImageFile.contents(of: url)
      #expect(contents.planes.count == expected.count, "\(name)")
      let found = try contents.planes.indices.map { page in
        var hash = SHA256()
        hash.update(Data(Codec.bytes(of: try ImageFile.read(url, page: page).values)))
        return hash.digits()
      }
      #expect(found == expected, "\(name)")
    }
  }

  @Test(arguments: [
    ("c11_channels/images/ij_2ch_phase_first.tif", ["c0", "c1"]),
    ("c11_channels/images/ij_2ch_phase_second.tif", ["c0", "c1"]),
    (
      "c11_channels/images/ij_t3_c2.tif", ["t0 c0", "t0 c1", "t1 c0", "t1 c1", "t2 c0", "t2 c1"]
    ),
    ("c11_channels/images/ome_c2.ome.tif", ["c0", "c1"]),
    ("c11_channels/images/rgb_as_YXC_not_rgb.tif", ["c0", "c1", "c2"]),
    ("c11_channels/images/rgb_green_only.tif", [""]),
    ("c11_channels/images/spp2_contig_phase_second.tif", ["c0", "c1"]),
    ("c11_channels/images/spp2_planar_phase_second.tif", ["c0", "c1"]),
    ("c12_one_ifd/images/ij_normal.tif", ["t0", "t1", "t2", "t3", "t4", "t5"]),
    ("c12_one_ifd/images/ij_one_ifd.tif", ["t0", "t1", "t2", "t3", "t4", "t5"]),
    ("c12_one_ifd/images/shaped_truncated.tif", ["", "", "", "", "", ""]),
    ("c22_pages_one_mask/images/pos0.tif", ["c0", "c1"]),
    ("c23_timelapse/images/movie.tif", ["", "", "", "", ""]),
    ("c23_timelapse/masks/movie.tif", ["", "", ""]),
  ]) func `planes of the field's stacks have their places`(name: String, places: [String]) throws {
    let contents = try ImageFile.contents(of: SharedData.url("field-cases/" + name))
    #expect(contents.planes.map(\.text) == places)
    #expect(contents.remarks == [])
  }

  @Test func `an OME file names its channels`() throws {
    let url = SharedData.url("field-cases/c11_channels/images/ome_c2.ome.tif")
    #expect(try ImageFile.contents(of: url).channelNames == ["Phase", "GFP"])
  }

  @Test(arguments: [
    ("pages_pyramid.tif", ["2 reduced pages left out"]), ("subifd_pyramid.ome.tif", []),
    ("with_thumbnail.tif", ["1 reduced page left out"]),
    ("with_transparency_mask.tif", ["1 page of transparency left out"]),
  ]) func `reduced pages and transparency are no images`(name: String, remarks: [String]) throws {
    let url = SharedData.url("field-cases/c13_pyramid/images/" + name)
    let contents = try ImageFile.contents(of: url)
    #expect(contents.planes == [ImageContents.Plane()])
    #expect(contents.width == 384 && contents.height == 384)
    #expect(contents.remarks == remarks)
  }

  @Test(arguments: [
    ("cmyk.tif", "its colours are CMYK, for printing"),
    ("jpeg2000.tif", "its pixels are packed as JPEG 2000"),
    ("png_in_tiff.tif", "its pixels are packed as PNG"),
  ]) func `sound files of kinds that are not read are refused by what they are`(
    name: String, reason: String
  ) throws {
    let url = SharedData.url("field-cases/c14_formats/" + name)
    let line = "\(name) cannot be decoded (\(reason)): turn it into a plain "
    for attempt in 0..<2 {
      let error = #expect(throws: ImagingError.self) {
        if attempt == 0 { _ = try ImageFile.contents(of: url) } else { _ = try ImageFile.read(url) }
      }
      let text = try #require(error).description
      #expect(text.hasPrefix(line), "\(text)")
      // The command writes another file than the one it reads.
      #expect(text.contains(" \(name.dropLast(4))-converted.tif"))
    }
  }

  @Test func `a file cut in half is listed by its header and damaged when it is read`() throws {
    let url = SharedData.url("field-cases/c14_formats/cut_half.tif")
    #expect(try ImageFile.contents(of: url).planes.count == 1)
    let error = #expect(throws: ImagingError.self) { try ImageFile.read(url) }
    #expect(try #require(error).description.hasPrefix("cut_half.tif is damaged or cut short ("))
  }

  @Test func `a palette for show is told, and the stored values are read`() throws {
    let url = SharedData.url("field-cases/c14_formats/lut_red_hilo.tif")
    let contents = try ImageFile.contents(of: url)
    #expect(
      contents.remarks == [
        "its palette is for show and does not run from dark to light: the stored values are read"
      ])
  }
}
