import Foundation

@testable import Imaging

extension FuzzTarget {
  /// ROIs of ImageJ and sets of them: what lies in a small image is what lies in that part of a larger one.
  static func roi(_ data: Data) {
    guard let file = try? ROIFile(data, name: "fuzz") else { return }
    let (width, height) = (23, 17)
    guard let small = try? file.annotation(width: width, height: height),
      let cells = small.annotation.cells
    else { return }
    precondition(
      (1...small.taken - small.outside).contains(cells.cells.count),
      "cells that are none of the outlines, or none and no word about it")
    // A larger image may have more rows than an outline of many corners is followed through.
    guard let large = try? file.annotation(width: 2 * width, height: 2 * height).annotation.cells
    else { return }
    precondition(
      large.corner(width: width, height: height) == cells,
      "an outline depends on the image's size")
  }

  /// Outlines in GeoJSON: as many have pixels as are said to, and what lies in a small image is what lies in that part
  /// of a larger one.
  static func geoJSON(_ data: Data) {
    guard let file = try? GeoJSONFile(data, name: "fuzz") else { return }
    let (width, height) = (23, 17)
    guard let small = try? file.cells(width: width, height: height) else { return }
    precondition(small.outside <= small.taken, "more lie outside than there are")
    precondition(
      small.cells.cells.count <= small.taken - small.outside, "a cell that is none of the outlines")
    // A larger image may have more rows than an outline of many corners is followed through.
    guard let large = try? file.cells(width: 2 * width, height: 2 * height) else { return }
    precondition(
      large.taken == small.taken && large.outside <= small.outside, "outlines are counted by size")
    precondition(
      large.cells.corner(width: width, height: height) == small.cells,
      "an outline depends on the image's size")
  }

  /// Arrays of NumPy and Cellpose's dictionaries: every page is as large as it says, and can be read as a mask.
  static func npy(_ bytes: [UInt8]) {
    let file = PictureBytes(bytes, name: "fuzz")
    guard let (array, _) = try? NPYFile.contents(file) else { return }
    for page in [0, array.pages - 1] {
      guard let picture = try? array.picture(page: page) else {
        preconditionFailure("a page that is promised and not there")
      }
      precondition(
        picture.samples.count == array.width * array.height * array.type.size, "values are missing")
      let found = try? NPYFile.annotation(
        file, width: array.width, height: array.height, page: page, rule: MaskRule())
      let cells = found?.cells?.labels.map { $0 == 0 ? 0 : 1 as UInt8 }
      precondition(cells == nil || cells == found?.mask.pixels, "numbers beside the cells")
    }
  }
}

extension LabelImage {
  /// The part in the top left corner.
  fileprivate func corner(width: Int, height: Int) -> LabelImage {
    var labels: [Label] = []
    for y in 0..<height { labels += self.labels[y * self.width..<y * self.width + width] }
    return LabelImage(width: width, height: height, labels: labels)
  }
}
