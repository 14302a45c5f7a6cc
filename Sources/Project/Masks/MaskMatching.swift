import Files
public import Foundation
import Imaging

/// Finds out of which images masks are.
///
/// A mask is called as its image is, with what ``MaskConvention`` says of programs and customs. In a folder
/// with a telling name (`masks`, `GoldStandard`, `labelsTr`, ...) the plain name is enough; elsewhere the
/// mask lies beside its image. Of several images of a name the one in the folder is taken that is
/// called the same; what stays undecided is told and not taken.
public enum MaskMatching {
  /// Matches every mask in a folder of masks to images, as `--masks DIR` asks.
  ///
  /// - Throws: `ProjectError` where there is no such folder, something of it cannot be read and nothing is
  ///   found, or all that it holds are the images themselves.
  public static func match(
    folder: URL, images: [ImageSource], links: LinkChoice = LinkChoice()
  ) throws(ProjectError) -> MaskPairing {
    let listing = try FolderListing(
      of: folder, followsLinks: links.follows ?? false, namesLinks: true)
    let isOwn = OwnFiles(images)
    var own: [String] = []
    let paths = listing.files.filter { path in
      guard isMask(path), isOwn.contains(folder.appending(path: path)) else { return true }
      own.append(path)
      return false
    }
    let leftOut = LeftOut(listing.unread, links: listing.links, by: links)
    let cells = CellFolders(
      paths.filter(ImageScan.isPicture).map(RelativePath.init), images: images.map(\.path))
    let candidates = candidates(paths, in: folder, cells: cells)
    var pairing = MaskMatcher(images, masks: folder).match(candidates)
    COCOMatcher(paths, in: folder).add(to: &pairing, images)
    if pairing.matches.isEmpty {
      if candidates.isEmpty { try leftOut.check(in: folder) }
      if let first = own.first { throw .ownMasks(folder.path, example: first) }
    }
    let refused = paths.compactMap(ImageScan.refusal)
    if let first = refused.first {
      pairing.unusable.append(
        "\(refused.count) file\(refused.count == 1 ? " is" : "s are") of a kind that is not read, such as"
          + " '\(first.path)': \(first.reason)")
    }
    pairing.images += own
    pairing.leftOut = leftOut
    return pairing
  }

  /// The files of a folder of masks that may be masks; of those that make up one together the first.
  private static func candidates(
    _ paths: [String], in folder: URL, cells: CellFolders
  ) -> [MaskCandidate] {
    let plain = paths.filter { isMask($0) && !cells.contains($0) }.map { path in
      MaskCandidate(path: RelativePath(path), file: folder.appending(path: path))
    }
    let byproducts = MaskConvention.byproducts
    return plain.filter { candidate in
      !byproducts.contains { $0.core(of: candidate.path.stem) != nil }
    } + cells.candidates(in: folder)
  }

  private static func isMask(_ path: String) -> Bool {
    MaskConvention.extensions.contains(RelativePath(path).fileExtension)
  }

  /// Mask folders that lie beside a folder of images (`../masks`, `../GoldStandard`, ...): worth a
  /// hint, never read without being told.
  public static func folders(beside images: URL) -> [URL] {
    let parent = images.standardizedFileURL.deletingLastPathComponent()
    let names = (try? FolderListing.names(in: parent)) ?? []
    let roles = FolderRoles(Set(names.map { $0[...] }))
    return names.filter { $0 != images.lastPathComponent }
      .map { (name: $0, place: roles.place(of: RelativePath($0 + "/"))) }
      .filter(\.place.isMasks)
      .sorted { ($0.place.rank, $0.name) < ($1.place.rank, $1.name) }
      .map { parent.appending(path: $0.name) }
      .filter { FileKind($0) == .folder }
  }
}

/// The files of images, whatever path leads to them.
private struct OwnFiles {
  private let paths: Set<String>
  private let identities: Set<FileIdentity>

  init(_ images: [ImageSource]) {
    let files = Set(images.flatMap { $0.planes.map(\.file) })
    paths = Set(files.map(\.path))
    identities = Set(files.compactMap { FileIdentity($0) })
  }

  func contains(_ file: URL) -> Bool {
    paths.contains(file.path) || FileIdentity(file).map(identities.contains) == true
  }
}
