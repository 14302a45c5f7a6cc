import Foundation
import Imaging
import Recipes
import TestSupport
import Testing

@testable import Project

struct MaskConventionTests {
  /// Paths of an image and of its mask, as programs and people call them.
  private static let pairs: [(image: String, mask: String)] = [
    ("000_img.png", "000_masks.png"), ("p7_im.tif", "p7_mask.png"), ("x_image.tif", "x_label.tif"),
    ("x_IMG.TIF", "x_MASKS.png"), ("x_image.png", "x_labels.png"), ("x_image.png", "x_masks.tif"),
    ("well A.tif", "well A_cp_masks.png"), ("w.tif", "w_cp_masks.tif"),
    ("f3.tif", "f3_Simple Segmentation.tif"), ("f3.tif", "f3_Simple Segmentation.tiff"),
    ("f3.png", "f3-raw_Simple Segmentation.png"), ("f3.tif", "f3_Segmentation.png"),
    ("imagesTr/cell_007_0000.png", "labelsTr/cell_007.png"),
    ("imagesTs/cell_007_0000.tif", "labelsTs/cell_007.tif"),
    ("Training_source/9.tif", "Training_target/9.tif"),
    ("training_source/9.tif", "training_target/9.tif"), ("Test_source/9.tif", "Test_target/9.tif"),
    ("Training - Images/9.tif", "Training - Masks/9.tif"),
    ("train/images/q.png", "train/masks/q.png"),
    ("train_images/q.png", "train_masks/q.png"), ("images/q.png", "truth/q.png"),
    ("images/q.png", "annotated/q.png"), ("images/q.png", "gt/q.png"),
    ("images/q.png", "target/q.png"),
    ("images/q.png", "Targets/q.png"), ("images/q.tif", "Labels/q_label.png"),
    ("plate1/q.tif", "plate1_masks/q.png"), ("exp/day 2/q.tif", "exp/day 2 masks/q.png"),
    ("image001.png", "mask001.png"), ("images/q_img.png", "masks/q.png"), ("q.tif", "seg_q.tif"),
    ("q.jpg", "q_mask.png"), ("a/b/q.tif", "a/b/masks/q.tif.png"),
    ("x.tif", "x_seg.npy"), ("images/x.tif", "masks/x.npy"),
    ("x.tif", "x.zip"), ("x.tif", "x.roi"), ("x.tif", "x_RoiSet.zip"), ("x.tif", "RoiSet_x.zip"),
    ("x.tif", "x_ROIs.zip"), ("x.tif", "x-rois.zip"),
    ("images/x.tif", "rois/x.zip"), ("one/x.tif", "one/RoiSet.zip"),
    ("x.tif", "x.geojson"), ("images/x.tif", "masks/x_annotations.geojson"),
    // A name from a Mac, whose accents are letters of their own.
    ("caf\u{E9}.tif", "cafe\u{301}_mask.png"),
  ]

  @Test(arguments: pairs)
  func `image and mask are told apart and belong together`(image: String, mask: String) throws {
    let folder = try TestFolder()
    try folder.picture(image)
    try folder.picture(mask, isMask: true)
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == [image])
    #expect(scan.pairing.matches.map(\.key.text) == [image])
    let source = try #require(scan.pairing.matches.first?.source)
    #expect(source.file.path == folder.path(mask))
    let isRight =
      switch source {
      case .picture(_, let page): page == 0 && MaskConvention.Form.picture.holds(mask)
      case .outlines: mask.hasSuffix("zip") || mask.hasSuffix("roi")
      case .geoJSON: mask.hasSuffix("geojson")
      case .array(_, let page): page == 0 && mask.hasSuffix("npy")
      case .cells, .coco: false
      }
    #expect(isRight, "\(source)")
    #expect(scan.pairing.notes.isEmpty && scan.sortingNotices.isEmpty)
  }

  @Test(arguments: pairs)
  func `in a folder of masks of its own a mask belongs to the same image`(
    image: String, mask: String
  ) throws {
    // A set of regions that is called after no image belongs to the one beside it.
    guard !mask.hasSuffix("/RoiSet.zip") else { return }
    let (images, masks) = (try TestFolder(), try TestFolder())
    try images.picture(image)
    try images.picture("other.tif")
    try masks.picture(mask, isMask: true)
    let scan = try ImageScan(of: images.url)
    let found = try MaskMatching.match(folder: masks.url, images: scan.images)
    #expect(found.matches.map(\.key.text) == [image] && found.strays.isEmpty)
  }

  @Test func `a picture for each cell makes up the mask of the image of its folder`() throws {
    let folder = try TestFolder()
    for id in ["0a1b", "ff00"] {
      try folder.picture("\(id)/images/\(id).png")
      for cell in ["x10", "x9", "a"] { try folder.picture("\(id)/masks/\(cell).png", isMask: true) }
    }
    try folder.picture("ff00/masks/b.png", isMask: true)
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["0a1b/images/0a1b.png", "ff00/images/ff00.png"])
    #expect(scan.pairing.matches.map(\.key) == scan.images.map(\.key))
    #expect(
      scan.pairing.matches.map { $0.source.files.map(\.lastPathComponent) } == [
        ["a.png", "x9.png", "x10.png"], ["a.png", "b.png", "x9.png", "x10.png"],
      ])
    #expect(scan.pairing.notes.isEmpty)
    let told = try MaskMatching.match(folder: folder.url, images: scan.images)
    #expect(told.matches == scan.pairing.matches)
  }

  @Test
  func `cells of an image in a folder of its name are numbered in their order, the later on top`()
    throws
  {
    let folder = try TestFolder()
    try folder.picture("images/q.png")
    try folder.mask("masks/q/cell2.png", area: 4)
    try folder.mask("masks/q/cell10.png", area: 2)
    let scan = try ImageScan(of: folder.url)
    let match = try #require(scan.pairing.matches.first)
    let annotation = try match.source.read(
      rule: .project, width: 6, height: 4, image: (scan.images[0].file, 0))
    #expect(annotation.mask == .leading(4) && annotation.unknown == nil)
    #expect(annotation.cells?.labels.prefix(6) == [2, 2, 1, 1, 0, 0])
    #expect(throws: ImagingError.self) {
      try match.source.read(rule: .project, width: 7, height: 4, image: (scan.images[0].file, 0))
    }
  }

  @Test func `a single mask whose name is another is no cell of the image beside it`() throws {
    let folder = try TestFolder()
    try folder.picture("images/a.tif")
    try folder.mask("masks/b.png")
    let scan = try ImageScan(of: folder.url)
    #expect(scan.pairing.matches.isEmpty && scan.pairing.strays == ["masks/b.png"])
  }

  @Test func `namesakes of a data set's parts are kept apart`() throws {
    let folder = try TestFolder()
    for part in ["Training", "Test"] {
      try folder.picture("\(part)_source/1.tif")
      try folder.picture("\(part)_target/1.tif", isMask: true)
    }
    let scan = try ImageScan(of: folder.url)
    #expect(
      scan.pairing.matches.map {
        "\($0.key) \($0.source.file.path.dropFirst(folder.url.path.count))"
      }
        == ["Test_source/1.tif /Test_target/1.tif", "Training_source/1.tif /Training_target/1.tif"])
    let masks = folder.url.appending(path: "Training_target")
    let found = try MaskMatching.match(folder: masks, images: scan.images)
    #expect(found.matches.map(\.key.text) == ["Training_source/1.tif"] && found.notes.isEmpty)
  }

  @Test func `channels in files of their own are one image where nnU-Net has them`() throws {
    let folder = try TestFolder()
    for channel in ["0000", "0001"] {
      try folder.picture("imagesTr/c_\(channel).png")
      try folder.picture("frames/t_\(channel).png")
    }
    try folder.picture("labelsTr/c.png", isMask: true)
    var reader = PictureReader()
    reader.channel = { _ in 1 }
    let scan = try ImageScan(of: folder.url, reader: reader)
    #expect(
      scan.images.map(\.key.text) == [
        "frames/t_0000.png", "frames/t_0001.png", "imagesTr/c_0000.png",
      ])
    #expect(scan.images.map(\.planes.count) == [1, 1, 2])
    #expect(scan.images[2].file.lastPathComponent == "c_0001.png" && scan.images[2].axes == "c1")
    #expect(scan.pairing.matches.map(\.key.text) == ["imagesTr/c_0000.png"])
  }

  @Test func `what segmentation programs write besides is neither image nor mask, and told`() throws
  {
    let folder = try TestFolder()
    for name in ["a.tif", "a_cp_output.png", "a_flows.tif", "b_flows.tif", "a_Probabilities.tif"] {
      try folder.picture(name)
    }
    try folder.picture("a_cp_masks.png", isMask: true)
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["a.tif", "b_flows.tif"])
    #expect(scan.pairing.matches.map(\.key.text) == ["a.tif"])
    #expect(
      scan.sortingNotices == [
        "3 files of segmentation programs that are neither images nor masks are left out, such as"
          + " 'a_cp_output.png'"
      ])
  }

  @Test func `a mask that fits nothing is told with the nearest names, and is no image`() throws {
    let folder = try TestFolder()
    for name in ["cell_01", "cell_02", "cell_12", "dish"] {
      try folder.picture("images/\(name).tif")
    }
    for name in ["cell_01", "cell_O2", "quite another"] {
      try folder.picture("masks/\(name).png", isMask: true)
    }
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.count == 4 && scan.pairing.matches.count == 1)
    #expect(
      scan.pairing.notes == [
        "2 masks match no image, such as 'masks/cell_O2.png' (near: 'images/cell_02.tif',"
          + " 'images/cell_12.tif', 'images/cell_01.tif')"
      ])
  }

  @Test func `two masks that are as good are told, and neither is taken`() throws {
    let folder = try TestFolder()
    try folder.picture("a.tif")
    try folder.picture("a_mask.png", isMask: true)
    try folder.picture("a_mask.tif", isMask: true)
    let scan = try ImageScan(of: folder.url)
    #expect(scan.images.map(\.key.text) == ["a.tif"] && scan.pairing.matches.isEmpty)
    #expect(
      scan.pairing.notes == [
        "1 image has two masks of which neither is taken, such as 'a.tif': 'a_mask.png' or 'a_mask.tif'"
      ])
  }

  @Test func `a mask in a folder of another name than the image's is told`() throws {
    let folder = try TestFolder()
    try folder.picture("day1/1.tif")
    try folder.picture("masks/day2/1.png", isMask: true)
    let scan = try ImageScan(of: folder.url)
    #expect(scan.pairing.matches.map(\.key.text) == ["day1/1.tif"])
    #expect(
      scan.pairing.notes == [
        "1 mask lies in a folder of another name than the image's, such as 'masks/day2/1.png' of"
          + " 'day1/1.tif'"
      ])
  }
}

extension MaskConvention.Form {
  fileprivate func holds(_ path: String) -> Bool {
    extensions.contains(RelativePath(path).fileExtension)
  }
}

extension TestFolder {
  /// Writes a picture with greys all over, or a mask; for other endings some bytes.
  func picture(_ path: String, isMask: Bool = false) throws {
    let ending = RelativePath(path).fileExtension
    if ["npy", "zip", "roi", "geojson"].contains(ending) {
      try write(Data("?".utf8), to: path)
    } else if isMask {
      try write(
        ending == "png" ? MaskFile.encode(.leading(9)) : TIFF.encode(.mask, bitDepth: 8), to: path)
    } else {
      try write(ending == "png" ? PNG.encode(.greys) : TIFF.encode(.greys, bitDepth: 8), to: path)
    }
  }
}

extension Image {
  fileprivate static var greys: Image {
    Image(width: 6, height: 4, bitDepth: 8, values: (0..<24).map { Float($0 * 9) })
  }

  fileprivate static var mask: Image {
    Image(width: 6, height: 4, bitDepth: 8, values: (0..<24).map { $0 < 9 ? 255 : 0 })
  }
}
