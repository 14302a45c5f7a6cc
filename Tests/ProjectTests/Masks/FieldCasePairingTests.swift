import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

/// Folders as people bring them, on which the program went wrong: `field-cases` of the shared data, whose
/// `SOURCE.md` says the right reading.
@Suite(.enabled(if: fieldCases != nil, "no ../shared/data/field-cases: they are not looked at"))
struct FieldCasePairingTests {
  private func scan(_ path: String, channel: Channel? = nil) throws -> ImageScan {
    let folder = try #require(fieldCases).appending(path: path)
    return try ImageScan(of: folder, channel: ChannelChoice(channel))
  }

  /// Keys of images with a mask, and pixels of cell in each, all masks read by one rule.
  private func areas(
    _ scan: ImageScan, _ matches: [MaskMatch]? = nil
  ) throws -> [String: Int] {
    let matches = matches ?? scan.pairing.matches
    let rule = try MaskFile.decide(for: matches.flatMap(\.source.pictures)).rule
    let images = Dictionary(uniqueKeysWithValues: scan.images.map { ($0.key, $0) })
    var areas: [String: Int] = [:]
    for match in matches {
      let image = try #require(images[match.key])
      let header = try ImageFile.header(image.file, page: image.page)
      let annotation = try match.source.read(
        rule: rule, width: header.width, height: header.height, image: (image.file, image.page))
      areas[match.key.text] = annotation.mask.area
    }
    return areas
  }

  /// Pixels of cell in fields 0 to 3 of `c21_conventions`, and cells that have a number.
  private let cells = [(7311, 39), (801, 26), (8870, 40), (5466, 57)]

  @Test func `Cellpose, nnU-Net and the Data Science Bowl say the same of the same images`() throws
  {
    let cellpose = try scan("c21_conventions/cellpose_dataset")
    #expect(cellpose.images.map(\.key.text) == (0..<4).map { "00\($0)_img.png" })
    #expect(
      try areas(cellpose)
        == Dictionary(uniqueKeysWithValues: (0..<4).map { ("00\($0)_img.png", cells[$0].0) }))
    let network = try scan("c21_conventions/nnunet")
    #expect(
      try areas(network)
        == Dictionary(
          uniqueKeysWithValues: (0..<4).map { ("imagesTr/cells_00\($0)_0000.png", cells[$0].0) }))
    let bowl = try scan("c21_conventions/dsb2018")
    #expect(bowl.images.count == 3)
    let counts = try areas(bowl)
    for (field, id) in ["01234567", "9e3779b9806dc17c", "3c6ef372ffb83d91"].enumerated() {
      let key = try #require(bowl.images.first { $0.key.text.hasSuffix("\(id).png") }).key
      #expect(counts[key.text] == cells[field].0)
      let source = try #require(bowl.pairing.matches.first { $0.key == key }).source
      let labels = try source.read(rule: .project, width: 128, height: 128, image: (source.file, 0))
        .cells
      #expect(try #require(labels).cells.count == source.files.count)
    }
    for found in [cellpose, network, bowl] {
      #expect(found.pairing.notes.isEmpty && found.sortingNotices.isEmpty)
    }
  }

  @Test func `one mask belongs to both channels of an image`() throws {
    for channel in [nil, Channel.number(0), .number(1)] {
      let found = try scan("c22_pages_one_mask", channel: channel)
      #expect(found.images.map(\.key.text) == (0..<3).map { "images/pos\($0).tif" })
      #expect(found.images.allSatisfy { $0.planes.count == 2 })
      if channel != .number(1) { #expect(found.images.allSatisfy { $0.axes == "c0" }) }
      #expect(
        try areas(found)
          == Dictionary(
            uniqueKeysWithValues: (0..<3).map { ("images/pos\($0).tif", cells[$0].0) }))
      #expect(found.pairing.notes.isEmpty && found.channelNotices.count == (channel == nil ? 1 : 0))
    }
  }

  @Test func `five frames and masks for three are paired as far as they go`() throws {
    let found = try scan("c23_timelapse")
    #expect(found.images.count == 5)
    #expect(
      try areas(found) == [
        "images/movie.tif#1": 3025, "images/movie.tif#2": 801, "images/movie.tif#3": 4666,
      ])
    #expect(
      found.pairing.notes == [
        "'images/movie.tif' has 5 images and its mask 'masks/movie.tif' 3 pages: the first 3 are paired"
      ])
  }

  @Test(arguments: [
    ("beside", "a%.png"), ("mixed_ext", "a%.tif"), ("parent", "images/a%.png"),
    ("parent_alpha", "images/a%.png"),
  ])
  func `no image is its own mask, and masks are known by their names or by what they are`(
    folder: String, image: String
  ) throws {
    let found = try scan("c26_self/\(folder)")
    let keys = (0..<3).map { image.replacing("%", with: "\($0)") }
    #expect(found.images.map(\.key.text) == keys && found.pairing.notes.isEmpty)
    // What names do not say is told.
    #expect(found.sortingNotices.count == (folder == "mixed_ext" ? 1 : 0))
    let expected = Dictionary(uniqueKeysWithValues: keys.indices.map { (keys[$0], cells[$0].0) })
    #expect(try areas(found) == expected)
    // The same folder given as that of the masks.
    let itself = try #require(fieldCases).appending(path: "c26_self/\(folder)")
    let told = try MaskMatching.match(folder: itself, images: found.images)
    #expect(try areas(found, told.matches) == expected)
    guard image.contains("/") else { return }
    let images = itself.appending(path: "images")
    #expect(throws: ProjectError.ownMasks(images.path, example: "a0.png")) {
      try MaskMatching.match(folder: images, images: found.images)
    }
    let only = try ImageScan(of: images)
    #expect(only.images.count == 3 && only.pairing == MaskPairing())
    #expect(try MaskMatching.match(folder: itself, images: only.images).matches.count == 3)
  }

  @Test(arguments: [
    ("degenerate_polygon", 1), ("jpg_names", 0), ("windows_path", 0),
  ])
  func `annotations that can be used are read whatever stands beside them`(
    name: String, skipped: Int
  ) throws {
    let folder = try #require(fieldCases).appending(path: "c31_coco")
    let set = try ImportSet.coco(
      folder.appending(path: "\(name).json"), images: folder.appending(path: "images"))
    #expect(set.items.map(\.name) == ["p0", "p1"])
    #expect(
      set.notes
        == [
          "1 annotation is skipped, a polygon of fewer than 3 points, such as annotations[4] (id 99)"
        ].suffix(skipped))
    let out = try TestFolder()
    _ = try Importer.write(set, to: out.url.appending(path: "out"))
    let areas = try ["p0", "p1"].map { name in
      try MaskFile.read(out.url.appending(path: "out/masks/\(name).png"), rule: .project).mask.area
    }
    #expect(areas == [3025, 801])
  }

  @Test func `the channel in transmitted light is found in whatever order files have it`() throws {
    let found = try scan("c11_channels/images")
    let expected = [
      "ij_2ch_phase_first.tif": 0, "ij_2ch_phase_second.tif": 1, "ij_t3_c2.tif#1": 0,
      "ij_t3_c2.tif#3": 0, "ij_t3_c2.tif#5": 0, "ome_c2.ome.tif": 0, "rgb_as_YXC_not_rgb.tif": 0,
      "rgb_green_only.tif": 0, "spp2_contig_phase_second.tif": 1, "spp2_planar_phase_second.tif": 1,
    ]
    #expect(
      Dictionary(uniqueKeysWithValues: found.images.map { ($0.key.text, $0.channel) }) == expected)
    #expect(found.channelNotices.count == 3)
    for image in found.images where image.planes.count == 2 {
      // The other channel is dark but for a few bright places.
      let values = try image.read().values.sorted()
      #expect(values[values.count / 2] > 1000, "\(image.key)")
    }
  }
}

/// The folders that people bring, if they are there.
private let fieldCases: URL? = {
  let folder = realData?.appending(path: "field-cases")
  return folder.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
}()
