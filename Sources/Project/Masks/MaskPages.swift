import Foundation
import Imaging

/// Pairs what a file of masks holds with the images of a file.
struct MaskPages {
  /// Reads the headers of a picture.
  let contents: (URL) throws -> ImageContents

  /// The masks of images that one file holds, each with the place of its image among them.
  ///
  /// Where the numbers of both differ they are paired from the first on as far as they go, and the rest is
  /// told.
  func sources(
    of candidate: MaskCandidate, _ form: MaskConvention.Form, for images: [ImageSource],
    _ pairing: inout MaskPairing
  ) -> [(place: Int, source: MaskSource)] {
    if !candidate.cells.isEmpty { return [(0, .cells(candidate.cells))] }
    let file = candidate.file
    switch form {
    case .outlines:
      return outlined(images, file).map { ($0, .outlines(file)) }
    case .geoJSON:
      guard images.count == 1 else {
        pairing.unusable.append(
          "'\(candidate.path.text)' outlines the cells of one image and '\(images[0].path)' has"
            + " \(images.count): call it after one of them, such as '\(candidate.path.stem)#1.geojson'"
        )
        return []
      }
      return [(0, .geoJSON(file))]
    case .array:
      // Cellpose's files hold the image and more besides, all of which is read to count.
      let isOne = images.count == 1 && MaskSource.array(file, page: 0).pictures.isEmpty
      let count = isOne ? 1 : arrayPages(file)
      if images.count == 1, count > images[0].planes.count {
        pairing.unusable.append(
          "'\(candidate.path.text)' has \(count) planes and '\(images[0].path)' one image, so that it"
            + " cannot be told which is its mask: save that one alone")
        return []
      }
      return paired(images, count, candidate, &pairing) { .array(file, page: $0) }
    case .picture:
      let count = isSingle(images, candidate) ? 1 : picturePages(file)
      return paired(images, count, candidate, &pairing) { .picture(file, page: $0) }
    }
  }

  /// Whether a mask and its image can have one page only, so that neither is asked.
  private func isSingle(_ images: [ImageSource], _ candidate: MaskCandidate) -> Bool {
    images.count == 1 && !ImageScan.stackExtensions.contains(candidate.path.fileExtension)
  }

  private func picturePages(_ file: URL) -> Int { (try? contents(file).planes.count) ?? 1 }

  /// The places of images on which there are outlines: of a stack those that something was drawn on.
  private func outlined(_ images: [ImageSource], _ file: URL) -> [Int] {
    guard images.count > 1, let outlines = try? ROIFile(file),
      let planes = try? contents(images[0].file).planes
    else { return Array(images.indices) }
    return images.indices.filter { place in
      images[place].planes.contains { outlines.hasArea(on: $0.page, of: planes) }
    }
  }

  private func arrayPages(_ file: URL) -> Int { (try? NPYFile.pageCount(of: file)) ?? 1 }

  private func paired(
    _ images: [ImageSource], _ count: Int, _ candidate: MaskCandidate, _ pairing: inout MaskPairing,
    _ source: (Int) -> MaskSource
  ) -> [(place: Int, source: MaskSource)] {
    // A mask for each channel of each field: that of the channel that is looked at.
    let planes = images.reduce(0) { $0 + $1.planes.count }
    if count == planes, planes > images.count {
      return images.indices.map { ($0, source(images[$0].page)) }
    }
    if images.count == 1 || count == images.count {
      if count > images.count { tell(images, count, candidate, &pairing) }
      return images.indices.map { ($0, source($0)) }
    }
    tell(images, count, candidate, &pairing)
    return (0..<min(images.count, count)).map { ($0, source($0)) }
  }

  private func tell(
    _ images: [ImageSource], _ count: Int, _ candidate: MaskCandidate, _ pairing: inout MaskPairing
  ) {
    let paired = min(images.count, count)
    pairing.pages.append(
      "'\(images[0].path)' has \(images.count) image\(images.count == 1 ? "" : "s") and its mask"
        + " '\(candidate.path.text)' \(count) page\(count == 1 ? "" : "s"): the first"
        + (paired == 1 ? " is" : " \(paired) are") + " paired")
  }
}
