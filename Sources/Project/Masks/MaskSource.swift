import Basics
public import Foundation
public import Imaging
public import Recipes

/// An image and where its mask comes from.
public struct MaskMatch: Equatable, Sendable {
  /// The image.
  public let key: ImageKey
  /// Where its mask comes from.
  public let source: MaskSource
}

/// Where the mask of an image comes from, in one of the forms in which programs write masks.
public enum MaskSource: Equatable, Sendable {
  /// A page (from 0) of a picture.
  case picture(URL, page: Int)
  /// Pictures of one cell each: their union, numbered from 1 in this order.
  case cells([URL])
  /// Outlines of ImageJ, a `.roi` or a `.zip` of them.
  case outlines(URL)
  /// Outlines in GeoJSON, as QuPath and Aura write them.
  case geoJSON(URL)
  /// An array of NumPy, or what Cellpose keeps beside an image (`_seg.npy`): a page (from 0) of it.
  case array(URL, page: Int)
  /// What a file of COCO's kind says of an image, by the name that it has there.
  case coco(COCOMasks, image: String)

  /// The file, the first where there are several.
  public var file: URL {
    switch self {
    case .picture(let file, _), .outlines(let file), .geoJSON(let file), .array(let file, _): file
    case .cells(let files): files.first ?? URL(filePath: "/")
    case .coco(let masks, _): masks.file
    }
  }

  /// All files that it is read from.
  public var files: [URL] {
    if case .cells(let files) = self { files } else { [file] }
  }

  /// The pictures and arrays whose numbers are to be understood before the mask can be read; none where what is cell is
  /// known from the form.
  public var pictures: [MaskFile.Page] {
    switch self {
    case .picture(let file, let page): [(file, page)]
    case .cells(let files): files.map { ($0, 0) }
    case .array(let file, let page):
      file.lastPathComponent.lowercased().hasSuffix("_seg.npy") ? [] : [(file, page)]
    case .outlines, .geoJSON, .coco: []
    }
  }

  /// Reads the mask of an image.
  ///
  /// - Parameters:
  ///   - rule: what the numbers of pictures and arrays mean; other forms have their own meaning.
  ///   - width: pixels in a row of the image.
  ///   - height: its rows.
  ///   - image: the image's file and page, which outlines of stacks are placed by.
  ///   - tell: takes what is passed over, a line each.
  /// - Returns: which pixels are cell, which nobody annotated, and the cells where they are told apart.
  /// - Throws: `ImagingError` where a file cannot be read, is of another size or says nothing of this image;
  ///   `ProjectError` for a file of COCO's kind that cannot be used.
  public func read(
    rule: MaskRule, width: Int, height: Int, image: MaskFile.Page, tell: (String) -> Void = { _ in }
  ) throws -> Annotation {
    switch self {
    case .picture(let file, let page):
      return try MaskFile.read(
        file, rule: rule, page: page, imageWidth: width, imageHeight: height)
    case .cells(let files):
      return try Self.union(of: files, rule: rule, width: width, height: height)
    case .outlines(let file):
      let planes = try ImageFile.contents(of: image.file).planes
      let reading = try ROIFile.annotation(
        file, width: width, height: height, page: image.page, of: planes)
      Self.tell(
        of: file, skipped: reading.skipped, "outlines are lines, points or texts and no cells",
        outside: reading.outside, tell)
      return reading.annotation
    case .geoJSON(let file):
      let reading = try GeoJSONFile(file).cells(width: width, height: height)
      Self.tell(
        of: file, skipped: reading.skipped, "features are points or lines and no cells",
        outside: reading.outside, tell)
      return Annotation(reading.cells)
    case .array(let file, let page):
      return try NPYFile.annotation(
        file, width: width, height: height, page: page,
        rule: rule == .project ? nil : rule)
    case .coco(let masks, let name):
      try masks.newNotes().forEach(tell)
      return try masks.annotation(of: name, width: width, height: height)
    }
  }

  /// Tells what of some outlines is passed over.
  private static func tell(
    of file: URL, skipped: Int, _ what: String, outside: Int, _ tell: (String) -> Void
  ) {
    let name = file.lastPathComponent
    if skipped > 0 { tell("\(name): \(skipped) \(what)") }
    if outside > 0 { tell("\(name): \(outside) outlines lie outside of the image") }
  }

  /// The cells of pictures with one each; where two overlap the later one counts.
  private static func union(
    of files: [URL], rule: MaskRule, width: Int, height: Int
  ) throws(ImagingError) -> Annotation {
    var unknown = Mask(width: width, height: height)
    var numbers = [UInt32](repeating: 0, count: width * height)
    for (place, file) in files.enumerated() {
      let cell = try MaskFile.read(file, rule: rule, imageWidth: width, imageHeight: height)
      for index in numbers.indices where cell.mask.pixels[index] != 0 {
        numbers[index] = UInt32(place + 1)
      }
      if let hidden = cell.unknown {
        for index in numbers.indices where hidden.pixels[index] != 0 {
          unknown.fill(index..<index + 1, with: true)
        }
      }
    }
    for index in numbers.indices where numbers[index] != 0 {
      unknown.fill(index..<index + 1, with: false)
    }
    let name = files.first?.deletingLastPathComponent().lastPathComponent ?? ""
    return Annotation(
      try LabelImage(width: width, height: height, numbers: numbers, of: name), unknown: unknown)
  }
}
