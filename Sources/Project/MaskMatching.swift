import Files
public import Foundation
public import Imaging
public import Recipes

/// A mask file and the image that it belongs to.
public struct MaskMatch: Equatable, Sendable {
  /// The image.
  public let key: ImageKey
  /// The mask's file.
  public let file: URL
  /// The page of the mask's file, from 0.
  public let page: Int
}

/// Finds out which files are masks, and of which images.
///
/// A mask has its image's name without extension (or with it), plain, with a prefix (`seg_`, `mask_`,
/// ...) or with a suffix (`_mask`, `-mask`, `_seg`, `_cp_masks`, ...). In a folder with a telling name
/// (`masks`, `GoldStandard`, `labels`, ...) every such file is a mask, elsewhere only one with a prefix
/// or suffix whose image lies beside it.
public enum MaskMatching {
  /// Folders that hold masks, in small letters; the first found wins where an image has several.
  static let folders = [
    "masks", "mask", "goldstandard", "gold_standard", "groundtruth", "ground_truth", "gt",
    "annotations", "segmentations", "segmentation", "labels", "label",
  ]
  /// What stands before the image's name.
  static let prefixes = ["seg_", "mask_", "masks_", "gt_", "label_"]
  /// What stands after the image's name.
  static let suffixes = [
    "_mask", "-mask", "_masks", "-masks", "_cp_masks", "_seg", "-seg", "_segmentation", "_label",
    "_labels", "_gt", "-gt",
  ]

  /// A file that may be a mask.
  struct Candidate {
    /// The path relative to the folder that was looked through.
    let path: String
    /// The file.
    let file: URL
  }

  /// Matches every picture in a folder of masks to images, as `--masks DIR` asks.
  ///
  /// - Returns: The best match of each image, the files that match none, as relative paths, and what is not
  ///   looked at.
  public static func match(
    folder: URL, images: [ImageSource], links: LinkChoice = LinkChoice(),
    pageCount: (URL) throws -> Int = { try ImageFile.pageCount(of: $0) }
  ) throws(ProjectError) -> (matches: [MaskMatch], strays: [String], leftOut: LeftOut) {
    let listing = try FolderListing(
      of: folder, followsLinks: links.follows ?? false, namesLinks: true)
    let candidates = listing.files.filter(ImageScan.isPicture)
      .map { Candidate(path: $0, file: folder.appending(path: $0)) }
    let leftOut = LeftOut(listing.unread, links: listing.links, by: links)
    if candidates.isEmpty { try leftOut.check(in: folder) }
    let (matches, strays) = match(candidates, to: images, pageCount: pageCount)
    return (matches, strays, leftOut)
  }

  /// Mask folders that lie beside a folder of images (`../masks`, `../GoldStandard`, ...): worth a
  /// hint, never read without being told.
  public static func folders(beside images: URL) -> [URL] {
    let parent = images.standardizedFileURL.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    return names.filter { folders.contains($0.lowercased()) && $0 != images.lastPathComponent }
      .sorted { rank($0) < rank($1) }
      .map { parent.appending(path: $0) }
      .filter { FileKind($0) == .folder }
  }

  /// Tells images from masks among the pictures of a folder.
  static func separate(_ paths: [String]) -> (images: [String], masks: [String]) {
    let outside = paths.filter { !isInMaskFolder($0) }
    let stems = Set(outside.map { stem(of: fileName($0)) })
    let names = Set(outside.map { fileName($0) })
    let beside = Set(outside.map { folder(of: $0) + "/" + stem(of: fileName($0)) })
    // A folder that is called `labels` but matches nothing holds plain images.
    var foldersThatMatch: Set<String> = []
    for path in paths where isInMaskFolder(path) {
      let known = bareNames(of: path).contains {
        stems.contains($0.name) || names.contains($0.name)
      }
      if known { foldersThatMatch.insert(maskFolder(of: path)) }
    }
    func isMask(_ path: String) -> Bool {
      if isInMaskFolder(path) { return foldersThatMatch.contains(maskFolder(of: path)) }
      return bareNames(of: path).contains {
        $0.rank > 0 && beside.contains(folder(of: path) + "/" + $0.name)
      }
    }
    return (paths.filter { !isMask($0) }, paths.filter(isMask))
  }

  /// Finds the image of each mask; where an image has several masks the best one is kept.
  static func match(
    _ candidates: [Candidate], to images: [ImageSource], pageCount: (URL) throws -> Int
  ) -> (matches: [MaskMatch], strays: [String]) {
    var byName: [String: [ImageSource]] = [:]
    for image in images {
      let name = fileName(image.key.text)
      for alias in Set([name, stem(of: name)]).union(fileAliases(of: image)) {
        byName[alias, default: []].append(image)
      }
    }
    var best: [ImageKey: (rank: Int, match: MaskMatch)] = [:]
    var strays: [String] = []
    for candidate in candidates {
      guard let found = image(of: candidate.path, among: byName) else {
        strays.append(candidate.path)
        continue
      }
      let rank = found.rank + 100 * folderRank(of: candidate.path)
      for (page, image) in pages(of: found.images, in: candidate, pageCount: pageCount) {
        if let old = best[image.key], old.rank <= rank { continue }
        best[image.key] = (rank, MaskMatch(key: image.key, file: candidate.file, page: page))
      }
    }
    return (images.compactMap { best[$0.key]?.match }, strays)
  }

  /// The names under which a page of a file answers as a whole: those of the file.
  private static func fileAliases(of image: ImageSource) -> Set<String> {
    guard let mark = image.key.text.lastIndex(of: "#"),
      image.key.text.hasSuffix("#\(image.page + 1)")
    else { return [] }
    let name = fileName(String(image.key.text[..<mark]))
    return [name, stem(of: name)]
  }

  /// The images (several only where all are pages of one file) of a mask's name, nil if none or
  /// if it cannot be decided.
  private static func image(
    of path: String, among byName: [String: [ImageSource]]
  ) -> (images: [ImageSource], rank: Int)? {
    for bare in bareNames(of: path) {
      guard let found = byName[bare.name] else { continue }
      let scored = found.map { (closeness(of: $0.key.text, to: path), $0) }
      let top = scored.map(\.0).max() ?? 0
      let closest = scored.filter { $0.0 == top }.map(\.1)
      guard Set(closest.map(\.file)).count == 1 else { return nil }
      return (closest, bare.rank)
    }
    return nil
  }

  /// Pairs the pages of a mask file with the pages of its image: one to one, or page 0 with one image.
  private static func pages(
    of images: [ImageSource], in candidate: Candidate, pageCount: (URL) throws -> Int
  ) -> [(Int, ImageSource)] {
    guard images.count > 1 else { return images.map { (0, $0) } }
    guard let pages = try? pageCount(candidate.file), pages == images.count else { return [] }
    return images.map { ($0.page, $0) }
  }

  /// The image names that a mask's file name may stand for, most literal first.
  private static func bareNames(of path: String) -> [(name: String, rank: Int)] {
    let stem = stem(of: fileName(path))
    var names = [(stem, 0)]
    for prefix in prefixes where stem.lowercased().hasPrefix(prefix) && stem.count > prefix.count {
      names.append((String(stem.dropFirst(prefix.count)), 1))
    }
    let fitting = suffixes.filter { stem.lowercased().hasSuffix($0) && stem.count > $0.count }
    for suffix in fitting.sorted(by: { $0.count > $1.count }) {
      names.append((String(stem.dropLast(suffix.count)), 2))
    }
    return names
  }

  /// How many folders two paths share at their start and, mask and image folders apart, at their end.
  private static func closeness(of image: String, to mask: String) -> Int {
    let a = folder(of: image).split(separator: "/")
    let b = folder(of: mask).split(separator: "/")
    let leading = zip(a, b).prefix { $0 == $1 }.count
    let trailing = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    return leading + trailing
  }

  private static func rank(_ name: some StringProtocol) -> Int {
    folders.firstIndex(of: name.lowercased()) ?? folders.count
  }

  private static func folderRank(of path: String) -> Int {
    path.split(separator: "/").dropLast().map { rank($0) }.min() ?? folders.count
  }

  private static func isInMaskFolder(_ path: String) -> Bool {
    folderRank(of: path) < folders.count
  }

  /// The path up to the folder that is called like one of masks.
  private static func maskFolder(of path: String) -> String {
    let parts = path.split(separator: "/").dropLast()
    guard let index = parts.firstIndex(where: { rank($0) < folders.count }) else { return "" }
    return parts[...index].joined(separator: "/")
  }

  static func fileName(_ path: String) -> String {
    String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
  }

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  static func stem(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
