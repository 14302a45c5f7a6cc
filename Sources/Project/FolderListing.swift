import Basics
import Files
import Foundation

/// Whether links that lead out of a folder are followed, as the user says it.
public struct LinkChoice: Equatable, Sendable {
  /// Nil where the project is to say it, and without one they are not.
  let follows: Bool?
  /// How the user asks for it, for messages.
  let option: String

  /// Without arguments as the project has it.
  public init(_ follows: Bool? = nil, by option: String = "") {
    self.follows = follows
    self.option = option
  }

  /// The same once it is known.
  public func settled(_ follows: Bool) -> LinkChoice { LinkChoice(follows, by: option) }
}

/// What of a folder is not looked at though it may hold images or masks.
public struct LeftOut: Equatable, Sendable {
  /// Files and folders that cannot be read.
  public var unread: [RefusedFile] = []
  /// Links that are not followed, as relative paths.
  var links: [String] = []
  /// How the user asks for these.
  var option = ""

  /// Nothing is left out.
  public init() {}

  init(_ unread: [RefusedFile], links: [String], by choice: LinkChoice) {
    self.unread = unread
    self.links = links
    option = choice.option
  }

  /// Refuses a folder of which something cannot be read.
  func checkRead(in folder: URL) throws(ProjectError) {
    guard let first = unread.first else { return }
    throw .file(.unreadable(folder.appending(path: first.path).path, first.reason))
  }

  /// Says why a folder in which nothing was found may hold something.
  func check(in folder: URL) throws(ProjectError) {
    try checkRead(in: folder)
    guard let first = links.first else { return }
    throw .onlyLinks(folder.path, count: links.count, example: first)
  }

  /// A line for the user of each kind.
  public var notices: [String] {
    let read = unread.first.map { first in
      (unread.count == 1 ? "" : "\(unread.count) files and folders cannot be read, such as ")
        + "'\(first.path)'\(unread.count == 1 ? " cannot be read" : ""): \(first.reason)"
    }
    let linked = links.first.map { first in
      (links.count == 1
        ? "the link '\(first)' leads out of the folder and is not followed"
        : "\(links.count) links lead out of the folder and are not followed, such as '\(first)'")
        + (option.isEmpty ? "" : " (\(option))")
    }
    return [read, linked].compactMap(\.self)
  }
}

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
  /// Whether there is any link.
  private(set) var hasLinks = false

  private let folder: URL
  private let namesLinks: Bool
  /// Real paths of folders that are listed, or not to be.
  private var entered: Set<String>
  private var linkedFolders: [String] = []
  private var linkedFiles: [String] = []

  /// Looks through a folder; not into those of `excluded`, and not into those of other projects, which
  /// hold an `aura.json`.
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
    links = (linkedFolders + linkedFiles.filter(ImageScan.isPicture)).filter { isElsewhere($0) }
      .sorted(by: NaturalOrder.precedes)
    files.sort(by: NaturalOrder.precedes)
  }

  /// Lists what is below a folder, and puts links aside.
  private mutating func walk(_ start: String) {
    var waiting = [start]
    while let prefix = waiting.popLast() {
      let here = prefix.isEmpty ? folder : folder.appending(path: prefix)
      guard entered.insert(Self.realPath(here)).inserted else { continue }
      let names: [String]
      do throws(FileError) {
        names = try Self.names(in: here)
      } catch {
        guard case .unreadable(_, let reason) = error else { continue }
        unread.append(RefusedFile(path: prefix, reason: reason))
        continue
      }
      guard prefix.isEmpty || !names.contains("aura.json") else { continue }
      for name in names where !name.hasPrefix(".") {
        let path = prefix.isEmpty ? name : prefix + "/" + name
        switch FileKind(folder.appending(path: path), followsLinks: false) {
        case .file: files.append(path)
        case .folder: waiting.append(path)
        case .link: putAside(path)
        case .other, nil: break
        }
      }
    }
  }

  /// What a folder holds, in the disk's order.
  static func names(in folder: URL) throws(FileError) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw .foundation(folder.path, error)
    }
    // Who may only read the names cannot see what they stand for.
    guard names.isEmpty || FileManager.default.isExecutableFile(atPath: folder.path) else {
      throw .unreadable(folder.path, "this user may not look into it")
    }
    return names
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
