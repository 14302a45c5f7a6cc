public import Foundation
public import Imaging
import Recipes

extension ImportSet {
  /// The images of a folder that have masks: in a folder of their own, or with the images.
  ///
  /// Images and masks belong together by name, see `MaskMatching`; images that look alike are noted as a
  /// group.
  ///
  /// - Parameters:
  ///   - images: the folder of images, looked through with all folders in it.
  ///   - masks: the folder of masks, where it is not in the first.
  ///   - polarity: which pixels of masks are cell; without one the masks together decide.
  ///   - links: whether links that lead out of these folders are followed.
  /// - Returns: The images that have masks, as they are.
  /// - Throws: `ProjectError` where there is no such folder, no mask, or something that cannot be read.
  public static func masks(
    of images: URL, in masks: URL? = nil, polarity: MaskPolarity? = nil,
    links: LinkChoice = LinkChoice()
  ) throws(ProjectError) -> ImportSet {
    let scan = try ImageScan(of: images, links: links)
    var (matches, strays, leftOut) = (scan.masks, scan.strayMasks, scan.leftOut)
    // A data set is taken whole or not at all.
    try leftOut.checkRead(in: images)
    if let masks {
      (matches, strays, leftOut) = try MaskMatching.match(
        folder: masks, images: scan.images, links: links)
      try leftOut.checkRead(in: masks)
    }
    guard !matches.isEmpty else {
      throw .dataSet(
        "no mask in '\((masks ?? images).path)' has the name of an image in '\(images.path)'; names"
          + " may differ by extension, seg_ before or _mask behind")
    }
    var notes = scan.leftOut.notices + (masks == nil ? [] : leftOut.notices)
    notes += Self.leftOut(scan, matches: matches.count, strays: strays)
    var cells = polarity ?? .automatic
    if cells == .automatic {
      let files = matches.map(\.file)
      let decision = MaskFile.decidePolarity(for: files)
      cells = decision.polarity
      notes += decision.notes(on: files)
    }
    let sources = Dictionary(scan.images.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    let items = matches.compactMap { match in
      sources[match.key].map { source in
        ImportItem(
          name: name(of: source.key), image: source.file, page: source.page,
          truth: .file(match.file, page: match.page, polarity: cells))
      }
    }
    return try ImportSet(items: items, notes: notes, groupsLookalikes: true)
  }

  /// What of a folder is not taken.
  private static func leftOut(_ scan: ImageScan, matches: Int, strays: [String]) -> [String] {
    var notes: [String] = []
    let bare = scan.images.count - matches
    if bare > 0 { notes.append("\(bare) images have no mask and are left out") }
    if let first = strays.first {
      notes.append("\(strays.count) masks match no image, such as \(first)")
    }
    if let first = scan.refused.first {
      notes.append(
        "\(scan.refused.count) pictures are left out, such as \(first.path): \(first.reason)")
    }
    return notes
  }

  /// `RawImages/chian1/01.png` is `chian1/01`, `stack.tif#3` is `stack#3`.
  static func name(of key: ImageKey) -> String {
    let parts = key.text.split(separator: "/").filter { !imageFolders.contains($0.lowercased()) }
    guard let last = parts.last else { return key.text }
    let page = last.lastIndex(of: "#").map { last[$0...] } ?? ""
    let file = last.dropLast(page.count)
    return (parts.dropLast().map(String.init) + [MaskMatching.stem(of: String(file)) + page])
      .joined(separator: "/")
  }

  /// Folders whose names only say that images are in them, in small letters.
  private static let imageFolders: Set<String> = [
    "rawimages", "raw_images", "images", "image", "raw",
  ]
}
