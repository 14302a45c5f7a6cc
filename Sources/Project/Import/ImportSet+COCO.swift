import Files
public import Foundation
import Recipes

extension ImportSet {
  /// The images of a COCO file, each with all of its annotations as one mask.
  ///
  /// Polygons, plain runs and packed runs are read. An image is looked for under its name in the file, then
  /// under the name's last part.
  ///
  /// - Parameters:
  ///   - file: the annotations, such as `instances_train.json`.
  ///   - images: the folder of images.
  ///   - categories: names of the categories to take; all where none is given.
  ///   - keepsEmpty: whether images without annotation are taken, as such that show no cell.
  /// - Returns: The annotated images that are there.
  /// - Throws: `ProjectError` for a file that is not COCO's, with the place in it; where no image is there.
  public static func coco(
    _ file: URL, images: URL, categories: [String] = [], keepsEmpty: Bool = false
  ) throws(ProjectError) -> ImportSet {
    guard FileKind(images) == .folder else { throw .file(.noFolder(images.path)) }
    let contents = try COCOFile.read(file)
    let wanted = try ids(of: categories, in: contents, file)
    var shapes: [Int: [CellOutlineShape]] = [:]
    let known = Set(contents.images.map(\.id))
    for (place, annotation) in contents.annotations.enumerated() {
      if let wanted, annotation.category.map(wanted.contains) != true { continue }
      guard let found = annotation.segmentation?.shapes, !found.isEmpty else {
        throw .dataSet(
          "annotation \(annotation.id ?? place) in '\(file.path)' has no segmentation, a box only;"
            + " masks need outlines")
      }
      guard known.contains(annotation.image) else {
        throw .dataSet(
          "annotation \(annotation.id ?? place) in '\(file.path)' is of image \(annotation.image),"
            + " which is not listed")
      }
      shapes[annotation.image, default: []] += found
    }
    var items: [ImportItem] = []
    var absent: [String] = []
    var empty = 0
    for picture in contents.images {
      guard let image = location(of: picture.fileName, in: images) else {
        absent.append(picture.fileName)
        continue
      }
      let outlines = shapes[picture.id] ?? []
      if outlines.isEmpty, !keepsEmpty {
        empty += 1
        continue
      }
      items.append(
        ImportItem(
          name: name(of: ImageKey(image.name)), image: image.file,
          truth: .outlines(outlines, width: picture.width, height: picture.height, file: file)))
    }
    guard !items.isEmpty else {
      throw .dataSet(
        "no annotated image of '\(file.path)' is in '\(images.path)'"
          + (absent.first.map { ", such as \($0)" } ?? ""))
    }
    var set = try ImportSet(items: items)
    if let first = absent.first {
      set.note("\(absent.count) images are not in the folder, such as \(first)")
    }
    if empty > 0 {
      set.note("\(empty) images have no annotation and are left out; --empty takes them")
    }
    return set
  }

  /// The numbers of categories, nil for all.
  private static func ids(
    of names: [String], in contents: COCOFile, _ file: URL
  ) throws(ProjectError) -> Set<Int>? {
    guard !names.isEmpty else { return nil }
    var ids: Set<Int> = []
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

  /// Where an image lies and under which name, nil if nowhere; a name that leads out of the folder is not
  /// followed.
  private static func location(of name: String, in folder: URL) -> (name: String, file: URL)? {
    let isInside = !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
    return [isInside ? name : nil, MaskMatching.fileName(name)].compactMap { $0 }
      .map { ($0, folder.appending(path: $0, directoryHint: .notDirectory)) }
      .first { FileKind($0.1) == .file }
  }
}
