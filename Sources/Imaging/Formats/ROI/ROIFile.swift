internal import Archives
public import Foundation

/// The areas that were outlined in ImageJ: a `.roi`, or a `.zip` of them as its ROI Manager saves.
///
/// Polygons, freehand and traced outlines, rectangles, ovals, ellipses, splines and composites with holes are
/// filled as ImageJ fills them. Lines, points, texts and pictures are no areas; they are counted and passed over.
/// Read as ImageJ's `RoiDecoder` documents the format.
public struct ROIFile {
  /// What ROIs say of an image.
  public struct Reading: Equatable, Sendable {
    /// Their pixels, later ones over earlier ones: numbered as they are called where each is called by another
    /// number, as Aura writes them, else from 1 in the file's order.
    public let annotation: Annotation
    /// How many outline an area on this image's slice and frame.
    public let taken: Int
    /// How many outline no area: lines, points, texts.
    public let skipped: Int
    /// How many of those taken have no pixel in the image.
    public let outside: Int
  }

  /// The largest file that is read, and the most bytes of ROIs in it.
  static let largest = 256 << 20

  /// The areas, in the file's order.
  let areas: [ROI]
  /// How many ROIs outline no area.
  let skipped: Int
  private let name: String

  /// Reads a file.
  ///
  /// - Throws: `ImagingError.outlines` for a ZIP file that is not read, or one without ROIs; `.damaged`.
  public init(_ url: URL) throws(ImagingError) {
    let file = try PictureBytes(of: url)
    guard file.count <= Self.largest else {
      throw .outlines(file: file.name, .tooLarge(bytes: file.count))
    }
    try self.init(try file.all(), name: file.name)
  }

  /// Reads the bytes of a file; `name` names it in errors.
  init(_ data: Data, name: String) throws(ImagingError) {
    self.name = name
    let files: [(name: String, bytes: [UInt8])]
    if data.starts(with: ZipArchive.magic) {
      files = try Self.entries(of: data, name: name)
    } else {
      guard data.starts(with: ROI.magic) else { throw .outlines(file: name, .empty) }
      files = [(name, [UInt8](data))]
    }
    var areas: [ROI] = []
    for (entry, bytes) in files {
      let own = entry.split(separator: "/").last.map(String.init) ?? entry
      do {
        let stem = own.hasSuffix(".roi") ? String(own.dropLast(4)) : own
        if let area = try ROI.decode(bytes, name: stem) { areas.append(area) }
      } catch {
        let place = entry == name ? name : "\(Shown.text(entry)) in \(name)"
        throw .damaged(file: place, reason: error.description)
      }
    }
    self.areas = areas
    skipped = files.count - areas.count
  }

  /// What the ROIs of a file say of an image of so many pixels in a row and rows.
  ///
  /// The image is the page (from 0) of the planes of its file, and the ROIs of its slice and frame count, whatever
  /// their channel. Where there is one plane only, ROIs of more than one slice or frame are refused.
  ///
  /// - Throws: `ImagingError.outlines` where none outlines an area, none lies on the image's slice and frame, or
  ///   none has a pixel in the image; `.tooManyCells`, `.damaged`, `.unreadable`.
  public static func annotation(
    _ url: URL, width: Int, height: Int, page: Int = 0,
    of planes: [ImageContents.Plane] = [ImageContents.Plane()]
  ) throws(ImagingError) -> Reading {
    try ROIFile(url).annotation(width: width, height: height, page: page, of: planes)
  }

  /// Whether an area lies on the slice and frame of a page (from 0) of planes.
  public func hasArea(on page: Int, of planes: [ImageContents.Plane]) -> Bool {
    guard planes.count > 1, planes.indices.contains(page) else { return !areas.isEmpty }
    let order = ROIPosition.order(of: planes)
    return areas.contains { $0.position.isOn(page, of: planes, order: order) }
  }

  /// What the ROIs say of an image; see ``annotation(_:width:height:page:of:)``.
  public func annotation(
    width: Int, height: Int, page: Int = 0,
    of planes: [ImageContents.Plane] = [ImageContents.Plane()]
  ) throws(ImagingError) -> Reading {
    guard planes.indices.contains(page) else {
      throw .noSuchPage(file: name, page: page, pages: planes.count)
    }
    guard !areas.isEmpty else { throw .outlines(file: name, .noArea(skipped: skipped)) }
    let taken = try areas(on: page, of: planes)
    guard !taken.isEmpty else { throw .outlines(file: name, .elsewhere(count: areas.count)) }
    var labels = [UInt32](repeating: 0, count: width * height)
    let numbers = Self.numbers(of: taken)
    var outside = 0
    for (place, area) in taken.enumerated() {
      guard let runs = area.runs(width: width, height: height) else {
        throw .damaged(file: name, reason: ROIFault.intricate.description)
      }
      if runs.isEmpty { outside += 1 }
      for run in runs { for pixel in run { labels[pixel] = numbers[place] } }
    }
    guard outside < taken.count else {
      throw .outlines(
        file: name, .outside(count: taken.count, width: width, height: height))
    }
    let cells = try LabelImage(width: width, height: height, numbers: labels, of: name)
    return Reading(
      annotation: Annotation(cells), taken: taken.count, skipped: skipped, outside: outside)
  }

  /// The number of each area.
  private static func numbers(of areas: [ROI]) -> [UInt32] {
    let called = areas.compactMap { LabelImage.Label($0.name).map(UInt32.init) }
    let isNumbered = called.count == areas.count && Set(called).count == areas.count
    return isNumbered && !called.contains(0) ? called : areas.indices.map { UInt32($0 + 1) }
  }

  private func areas(
    on page: Int, of planes: [ImageContents.Plane]
  ) throws(ImagingError) -> [ROI] {
    if planes.count == 1 {
      // Drawn on a stack of which this image is one: all of them would be one heap.
      let fields = Set(
        areas.map(\.position).filter { !$0.isEverywhere }.map { [$0.slice, $0.frame, $0.index] })
      guard fields.count < 2 else {
        throw .outlines(file: name, .manyFields(count: fields.count))
      }
      return areas
    }
    let order = ROIPosition.order(of: planes)
    return areas.filter { $0.position.isOn(page, of: planes, order: order) }
  }

  /// The ROIs of an archive, in its order.
  private static func entries(
    of data: Data, name: String
  ) throws(ImagingError) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    do throws(ArchiveError) {
      let archive = try ZipArchive(data, takesDeflated: true)
      var left = largest
      for entry in archive.names where isROI(entry) {
        let bytes = try archive.bytes(of: entry, largest: left)
        files.append((entry, bytes))
        left -= bytes.count
      }
    } catch {
      throw .outlines(file: name, .archive(error.description))
    }
    guard !files.isEmpty else { throw .outlines(file: name, .empty) }
    return files
  }

  /// Whether an entry is a ROI by its name; macOS packs a shadow beside each.
  private static func isROI(_ entry: String) -> Bool {
    entry.lowercased().hasSuffix(".roi") && !entry.hasPrefix("__MACOSX/")
      && entry.split(separator: "/").last?.hasPrefix("._") != true
  }
}
