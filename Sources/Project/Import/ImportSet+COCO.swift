import Files
public import Foundation
import Imaging
import Recipes

extension ImportSet {
  /// The images of a COCO file, each with all of its annotations as one mask.
  ///
  /// Polygons, plain runs and packed runs are read; what cannot be used is skipped, counted and noted. An
  /// image is looked for under its name in the file, with another extension, then under the name's
  /// last part.
  ///
  /// - Parameters:
  ///   - file: the annotations, such as `instances_train.json`.
  ///   - images: the folder of images.
  ///   - categories: names of the categories to take; all where none is given.
  ///   - keepsEmpty: whether images without annotation are taken, as such that show no cell.
  ///   - channel: which channel of the images is taken.
  /// - Returns: The annotated images that are there.
  /// - Throws: `ProjectError` for a file that is not COCO's, with the place in it; where no image is there.
  public static func coco(
    _ file: URL, images: URL, categories: [String] = [], keepsEmpty: Bool = false,
    channel: ChannelChoice = ChannelChoice()
  ) throws(ProjectError) -> ImportSet {
    guard FileKind(images) == .folder else { throw .file(.noFolder(images.path)) }
    let contents = try COCOFile.read(file)
    let outlines = try COCOOutlines(
      contents, categories: try ids(of: categories, in: contents, file), file: file)
    // The file says which images are taken, wherever they lie.
    let scan = try ImageScan(of: images, links: LinkChoice(true), channel: channel)
    let finder = ImageFinder(scan.images)
    var left = LeftPictures()
    var items: [ImportItem] = []
    var taken: Set<ImageKey> = []
    for picture in outlines.pictures {
      guard let image = finder.find(picture.fileName) else {
        left.absent.append(picture.fileName)
        continue
      }
      let cells = outlines.cells[picture.id] ?? []
      if cells.isEmpty, !keepsEmpty || outlines.flawed.contains(picture.id) {
        left.empty += 1
      } else if !taken.insert(image.key).inserted {
        left.again.append(picture.fileName)
      } else {
        items.append(try item(of: picture, image, cells, file))
      }
    }
    guard !items.isEmpty else {
      throw .dataSet(
        "no annotated image of '\(file.path)' is in '\(images.path)'"
          + (left.absent.first.map { ", such as \($0)" } ?? ""))
    }
    return try ImportSet(
      items: items, notes: scan.leftOut.notices + scan.channelNotices + outlines.notes + left.notes)
  }

  private static func item(
    of picture: COCOFile.Picture, _ image: ImageSource, _ cells: [[CellOutlineShape]], _ file: URL
  ) throws(ProjectError) -> ImportItem {
    var (width, height) = (picture.width, picture.height)
    if width == nil || height == nil,
      let header = try? ImageFile.header(image.file, page: image.page)
    {
      (width, height) = (header.width, header.height)
    }
    return ImportItem(
      name: name(of: image.key), image: image.file, page: image.page,
      truth: .outlines(cells, width: width ?? 0, height: height ?? 0, file: file))
  }

  /// Images of a file that are not taken.
  private struct LeftPictures {
    var absent: [String] = []
    var again: [String] = []
    var empty = 0

    var notes: [String] {
      var notes: [String] = []
      if let first = absent.first {
        notes.append("\(absent.count) images are not in the folder, such as \(first)")
      }
      if let first = again.first {
        notes.append("\(again.count) images are listed more than once, such as \(first)")
      }
      if empty > 0 {
        notes.append("\(empty) images have no annotation and are left out; --empty takes them")
      }
      return notes
    }
  }

  /// The numbers of categories, nil for all.
  private static func ids(
    of names: [String], in contents: COCOFile, _ file: URL
  ) throws(ProjectError) -> Set<COCOFile.Identifier>? {
    guard !names.isEmpty else { return nil }
    var ids: Set<COCOFile.Identifier> = []
    for name in names {
      let found = contents.categories.filter { $0.name == name }
      guard !found.isEmpty else {
        let known = contents.categories.map { "'\($0.name)'" }.joined(separator: ", ")
        throw .dataSet("'\(file.path)' has no category '\(name)'; it has \(known)")
      }
      ids.formUnion(found.map(\.id))
    }
    return ids
  }
}
