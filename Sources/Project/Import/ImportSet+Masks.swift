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
  ///   - values: what the numbers in masks mean; where nothing is said the masks together decide.
  ///   - links: whether links that lead out of these folders are followed.
  ///   - channel: which channel of the images is taken.
  /// - Returns: The images that have masks, as they are.
  /// - Throws: `ProjectError` where there is no such folder, no mask, something that cannot be read, or masks
  ///   that are not read without asking.
  public static func masks(
    of images: URL, in masks: URL? = nil, values: MaskValues? = nil,
    links: LinkChoice = LinkChoice(), channel: ChannelChoice = ChannelChoice()
  ) throws(ProjectError) -> ImportSet {
    var scan = try ImageScan(of: images, links: links, channel: channel)
    // A data set is taken whole or not at all.
    try scan.leftOut.checkRead(in: images)
    let pairing: MaskPairing
    if let masks {
      pairing = try MaskMatching.match(folder: masks, images: scan.images, links: links)
      try pairing.leftOut.checkRead(in: masks)
    } else {
      scan.addOutlines { _ in true }
      pairing = scan.pairing
    }
    let matches = pairing.matches
    guard !matches.isEmpty else {
      throw .dataSet(
        "no mask in '\((masks ?? images).path)' has the name of an image in '\(images.path)'; names"
          + " may differ by extension, seg_ before or _mask behind"
          + pairing.notes.prefix(1).map { ": \($0)" }.joined())
    }
    var notes = scan.leftOut.notices + scan.channelNotices + pairing.leftOut.notices
    notes += leftOut(scan, matches: matches.count) + pairing.notes
    var rule = MaskRule.project
    let pages = matches.flatMap(\.source.pictures)
    if !pages.isEmpty {
      do throws(MaskTrouble) {
        let decision = try MaskFile.decide(for: pages, given: values ?? .automatic)
        rule = decision.rule
        notes += decision.notes
      } catch {
        throw .masks(error)
      }
    }
    let sources = Dictionary(scan.images.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    let items = matches.compactMap { match in
      sources[match.key].map { source in
        ImportItem(
          name: name(of: source.key), image: source.file, page: source.page,
          truth: .mask(match.source, rule: rule))
      }
    }
    return try ImportSet(items: items, notes: notes, groupsLookalikes: true)
  }

  /// What of a folder is not taken.
  private static func leftOut(_ scan: ImageScan, matches: Int) -> [String] {
    var notes: [String] = []
    let bare = scan.images.count - matches
    if bare > 0 { notes.append("\(bare) images have no mask and are left out") }
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
    return (parts.dropLast().map(String.init) + ["\(RelativePath(String(file)).stem)\(page)"])
      .joined(separator: "/")
  }

  /// Folders whose names only say that images are in them, in small letters.
  private static let imageFolders: Set<String> = [
    "rawimages", "raw_images", "images", "image", "raw",
  ]
}
