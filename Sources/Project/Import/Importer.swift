import Files
public import Foundation
internal import Imaging

/// Writes a data set that others made as a folder that Aura opens: images, and `masks/` with them.
///
/// Images are grey PNG files of 8 or 16 bits, or TIFF files of 32 where they hold other numbers; masks are
/// 16-bit PNG files of numbered cells, or, where these are not told apart, of 8 bits, 255 being cell. `manifest.csv` says where each came from, and its `group`.
public enum Importer {
  /// The name of the table in the folder.
  static let manifest = "manifest.csv"

  /// Writes all images into a new folder: all of them, or after an error nothing.
  ///
  /// - Parameters:
  ///   - set: what to write.
  ///   - folder: not there yet, or empty.
  ///   - progress: hears how many images are done and the last one's name.
  /// - Returns: What became of each image.
  /// - Throws: `ProjectError` where the folder is in use or cannot be written, `ImagingError` where a file
  ///   cannot be read or image and mask differ in size.
  public static func write(
    _ set: ImportSet, to folder: URL,
    progress: (_ done: Int, _ name: String) -> Void = { _, _ in }
  ) throws -> [ImportRecord] {
    guard !set.items.isEmpty else { throw ProjectError.dataSet("no image is left to import") }
    try refuse(folder)
    let draft = folder.deletingLastPathComponent().appending(
      path: ".\(folder.lastPathComponent).importing", directoryHint: .isDirectory)
    try? FileManager.default.removeItem(at: draft)
    do {
      let records = try records(of: set, in: draft, progress: progress)
      let table = CSV.text(records, columns: ImportRecord.columns)
      try ProjectError.filing(
        AtomicWrite.write(table, to: draft.appending(path: manifest), isDurable: false))
      try ProjectError.filing(AtomicWrite.rename(draft, to: folder))
      return records
    } catch {
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
  }

  private static func records(
    of set: ImportSet, in draft: URL, progress: (Int, String) -> Void
  ) throws -> [ImportRecord] {
    var records: [ImportRecord] = []
    var lookalikes = Lookalikes()
    for item in set.items {
      let whole = try ImageFile.read(item.image, page: item.page)
      var record = try write(item, whole, to: draft)
      if set.groupsLookalikes, let place = lookalikes.add(whole), record.group.isEmpty {
        if records[place].group.isEmpty { records[place].group = set.items[place].name }
        record.group = records[place].group
      }
      records.append(record)
      progress(records.count, item.name)
    }
    return records
  }

  /// Writes an image and its mask.
  private static func write(
    _ item: ImportItem, _ whole: Image, to draft: URL
  ) throws -> ImportRecord {
    var image = whole
    var annotation = try item.annotation(width: whole.width, height: whole.height)
    var origin = (x: 0, y: 0)
    if item.isCropped {
      guard let crop = AnnotatedCrop(around: annotation.mask) else {
        throw ProjectError.noCell(item.truth.file.path, image: item.name)
      }
      image = image.cropped(x: crop.x, y: crop.y, width: crop.width, height: crop.height)
      annotation = annotation.cropped(x: crop.x, y: crop.y, width: crop.width, height: crop.height)
      origin = (crop.x, crop.y)
    }
    let bits = depth(of: image)
    let name = item.name + (bits == 32 ? ".tif" : ".png")
    try ProjectError.filing(
      AtomicWrite.write(
        bits == 32 ? TIFF.encode(image, bitDepth: 32) : PNG.encode(image, bitDepth: bits),
        to: draft.appending(path: name), isDurable: false))
    try ProjectError.filing(
      AtomicWrite.write(
        annotation.png, to: draft.appending(path: "masks/\(item.name).png"), isDurable: false))
    return ImportRecord(
      image: name, group: item.group, width: image.width, height: image.height, bits: bits,
      foreground: Double(annotation.mask.area) / Double(annotation.mask.pixels.count), x: origin.x,
      y: origin.y,
      source: item.image.lastPathComponent, truth: item.truth.file.lastPathComponent)
  }

  /// The fewest bits that hold the values as they are: 8, 16 or, as floating point, 32.
  private static func depth(of image: Image) -> Int {
    guard image.bitDepth <= 16, image.values.allSatisfy({ $0 >= 0 && $0 <= 65535 }) else {
      return 32
    }
    return image.bitDepth <= 8 ? 8 : 16
  }

  private static func refuse(_ folder: URL) throws(ProjectError) {
    guard let kind = FileKind(folder) else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard kind == .folder, names.isEmpty else { throw .notEmpty(folder.path) }
  }
}
