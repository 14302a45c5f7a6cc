import Basics
import Files
import Foundation
import Imaging

/// The files of a folder and the folders in it: each once, under its real path, whatever order the disk
/// has them in.
///
/// A link to what is listed anyway is passed over. One that leads to anything else is only named; or
/// followed, and what it leads to has the link's name: folders first, then files, as people count.
struct FolderListing: Equatable, Sendable {
  /// Relative paths of all files that are not hidden, as people count.
  private(set) var files: [String] = []
  /// Folders that cannot be read.
  private(set) var unread: [RefusedFile] = []
  /// Links to pictures and folders that are not listed, as relative paths.
  private(set) var links: [String] = []
  /// Folders that are images of a format that is not read.
  private(set) var containers: [RefusedFile] = []
  /// Whether there is any link.
  private(set) var hasLinks = false

  private let folder: URL
  private let namesLinks: Bool
  /// Real paths of folders that are listed, or not to be.
  private var entered: Set<String>
  private var linkedFolders: [String] = []
  private var linkedFiles: [String] = []

  /// Looks through a folder; not into those of `excluded`, and not into those of other projects, which
  /// hold an `aura.json`, or of copies that are to become some.
  ///
  /// With `namesLinks` a link to a file in the folder is a file of its own: one blank mask may be that of
  /// several images.
  init(
    of folder: URL, excluding excluded: [URL] = [], followsLinks: Bool = false,
    namesLinks: Bool = false
  ) throws(ProjectError) {
    guard FileKind(folder) == .folder else { throw .file(.noFolder(folder.path)) }
    self.folder = folder
    self.namesLinks = namesLinks
    entered = Set(excluded.map(Self.realPath))
    walk("")
    if let first = unread.first, first.path.isEmpty {
      throw .file(.unreadable(folder.path, first.reason))
    }
    hasLinks = !(linkedFolders.isEmpty && linkedFiles.isEmpty)
    if followsLinks { follow() }
    links = NaturalOrder.sorted(
      (linkedFolders + linkedFiles.filter(ImageScan.isPicture)).filter { isElsewhere($0) })
    files = NaturalOrder.sorted(files)
  }

  /// Lists what is below a folder, and puts links aside.
  private mutating func walk(_ start: String) {
    var waiting = [start]
    while let prefix = waiting.popLast() {
      let here = prefix.isEmpty ? folder : folder.appending(path: prefix)
      guard entered.insert(Self.realPath(here)).inserted else { continue }
      let entries: [FolderEntry]
      do throws(FileError) {
        entries = try FolderEntry.all(in: here)
      } catch {
        guard case .unreadable(_, let reason) = error else { continue }
        unread.append(RefusedFile(path: prefix, reason: reason))
        continue
      }
      guard prefix.isEmpty || !entries.contains(where: { ProjectFiles.marks.contains($0.name) })
      else { continue }
      let name = here.standardizedFileURL.lastPathComponent
      let names = entries.lazy.map(\.name)
      if let reason = FileSignature.refusal(ofFolder: name, holding: names) {
        containers.append(RefusedFile(path: prefix.isEmpty ? name : prefix, reason: reason))
        continue
      }
      for entry in entries where !entry.name.hasPrefix(".") {
        take(entry, prefix.isEmpty ? entry.name : prefix + "/" + entry.name, &waiting)
      }
    }
  }

  private mutating func take(_ entry: FolderEntry, _ path: String, _ waiting: inout [String]) {
    guard entry.isReachable else {
      if entry.kind == .folder || ImageScan.isPicture(path) {
        unread.append(RefusedFile(path: path, reason: "its name is no UTF-8; rename it"))
      }
      return
    }
    switch entry.kind {
    case .file: files.append(path)
    case .folder where !Self.litter.contains(entry.name.lowercased()): waiting.append(path)
    case .link: putAside(path)
    case .folder, .other: break
    }
  }

  /// Folders that file servers and packers make beside the user's own, with small copies of images in them,
  /// in small letters.
  private static let litter: Set<String> = ["@eadir", "__macosx", "#recycle", "$recycle.bin"]

  /// What can be opened in a folder, in the disk's order.
  static func names(in folder: URL) throws(FileError) -> [String] {
    try FolderEntry.all(in: folder).filter(\.isReachable).map(\.name)
  }

  private mutating func putAside(_ link: String) {
    let url = folder.appending(path: link)
    switch FileKind(url) {
    case .file where namesLinks && Self.realPath(url).hasPrefix(Self.realPath(folder) + "/"):
      files.append(link)
    case .file: linkedFiles.append(link)
    case .folder: linkedFolders.append(link)
    case .link, .other, nil: break
    }
  }

  private mutating func follow() {
    while !linkedFolders.isEmpty {
      let round = linkedFolders.sorted(by: NaturalOrder.precedes)
      linkedFolders = []
      for link in round { walk(link) }
    }
    var targets: Set<String> = []
    for link in linkedFiles.sorted(by: NaturalOrder.precedes) where isElsewhere(link) {
      let target = Self.realPath(folder.appending(path: link))
      if targets.insert(target).inserted { files.append(link) }
    }
    linkedFiles = []
  }

  /// Whether a link leads to what is not listed under another name.
  private func isElsewhere(_ link: String) -> Bool {
    let target = URL(filePath: Self.realPath(folder.appending(path: link)))
    if entered.contains(target.path) { return false }
    return target.lastPathComponent.hasPrefix(".")
      || !entered.contains(target.deletingLastPathComponent().path)
  }

  /// The path of a file or folder without any link in it.
  static func realPath(_ url: URL) -> String {
    url.resolvingSymlinksInPath().path
  }
}
