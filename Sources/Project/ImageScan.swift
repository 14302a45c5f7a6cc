import Files
import Basics
public import Foundation
import Imaging
public import Recipes

/// An image of a folder: its key, and the file and page that hold it.
public struct ImageSource: Equatable, Sendable {
  /// Its name in the project.
  public let key: ImageKey
  /// The file.
  public let file: URL
  /// The page of the file, from 0.
  public let page: Int

  /// Names an image.
  public init(key: ImageKey, file: URL, page: Int) {
    self.key = key
    self.file = file
    self.page = page
  }
}

/// What lies in a folder and is no image of the project, and why.
public struct RefusedFile: Equatable, Sendable {
  /// Its path, relative to the opened folder.
  public let path: String
  /// One line.
  public let reason: String
}

/// What a folder holds: images, and masks that lie with them.
///
/// Images are PNG and TIFF files in any depth of folders, see ``FolderListing`` for links; hidden files and
/// folders (`.aura` among them) are not looked at. Pages of a TIFF are images of their own. Files that are
/// masks of others (see `MaskMatching`) are not images.
struct ImageScan: Equatable, Sendable {
  /// Extensions of pictures that are refused by name, in small letters.
  static let refusedExtensions: Set<String> = [
    "jpg", "jpeg", "bmp", "gif", "webp", "heic", "jp2", "nd2", "czi", "lif", "lsm", "oib", "oif",
    "vsi", "ims", "dcm",
  ]

  /// The images in the order in which people count.
  private(set) var images: [ImageSource] = []
  /// Masks that lie in the folder, each with the image that it belongs to.
  private(set) var masks: [MaskMatch] = []
  /// Files in mask folders that match no image, as relative paths.
  private(set) var strayMasks: [String] = []
  /// Other pictures.
  private(set) var refused: [RefusedFile] = []
  /// What may hold images and is not looked at.
  private(set) var leftOut: LeftOut
  /// Whether links that lead out of the folder are followed.
  let followsLinks: Bool
  /// Whether they are since the project's images lie behind them, though nobody asked.
  private(set) var isFollowedUnasked = false
  private let folder: URL
  private let hasLinks: Bool

  /// Looks through a folder.
  ///
  /// Folders in `excluded` (those of the project itself) are not looked into; `pageCount` says how many
  /// pages a TIFF file has and throws for one that cannot be read.
  init(
    of folder: URL, excluding excluded: [URL] = [], links: LinkChoice = LinkChoice(),
    pageCount: (URL) throws -> Int = { try ImageFile.pageCount(of: $0) }
  ) throws(ProjectError) {
    followsLinks = links.follows ?? false
    self.folder = folder
    let found = try FolderListing(of: folder, excluding: excluded, followsLinks: followsLinks)
    leftOut = LeftOut(found.unread, links: found.links, by: links)
    hasLinks = found.hasLinks
    let listing = found.files
    for path in listing where Self.refusedExtensions.contains(Self.fileExtension(path)) {
      refused.append(
        RefusedFile(path: path, reason: "not PNG or TIFF; convert it, without loss if it can be"))
    }
    let pictures = listing.filter(Self.isPicture)
    let sorting = MaskMatching.separate(pictures)
    for path in sorting.images {
      add(path, in: folder, pageCount: pageCount)
    }
    let matches = MaskMatching.match(
      sorting.masks.map { MaskMatching.Candidate(path: $0, file: folder.appending(path: $0)) },
      to: images, pageCount: pageCount)
    masks = matches.matches
    strayMasks = matches.strays
  }

  /// Refuses a folder without images, saying why there may be none.
  func check() throws(ProjectError) {
    guard images.isEmpty else { return }
    try leftOut.check(in: folder)
    throw .noImages(folder.path, refused: refused.count, example: refused.first?.path)
  }

  private mutating func add(_ path: String, in folder: URL, pageCount: (URL) throws -> Int) {
    let file = folder.appending(path: path, directoryHint: .notDirectory)
    guard Self.fileExtension(path) != "png" else {
      images.append(ImageSource(key: ImageKey(path), file: file, page: 0))
      return
    }
    do {
      let pages = try pageCount(file)
      for page in 0..<pages {
        let key = ImageKey(pages == 1 ? path : "\(path)#\(page + 1)")
        images.append(ImageSource(key: key, file: file, page: page))
      }
    } catch {
      leftOut.unread.append(RefusedFile(path: path, reason: "\(error)"))
    }
  }

  static func fileExtension(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return "" }
    return path[path.index(after: dot)...].lowercased()
  }

  static func isPicture(_ path: String) -> Bool {
    ImageFile.extensions.contains(fileExtension(path))
  }
}

// MARK: Links

extension ImageScan {
  /// Looks through a folder as its project wants links to be followed.
  ///
  /// The version before followed all of them, and called a file in two folders of one by the name that the
  /// disk had first. Where only that leads to an image of which the project says something, it stays so.
  static func of(
    _ folder: URL, excluding excluded: [URL], project: ProjectFiles, links: LinkChoice
  ) throws(ProjectError) -> ImageScan {
    var asked = links.follows
    if asked == nil { asked = try ProjectState.settings(project)?.followsLinks }
    var scan = try ImageScan(
      of: folder, excluding: excluded, links: LinkChoice(asked, by: links.option))
    guard scan.hasLinks else { return scan }
    var report = OpeningReport()
    let names = try ProjectState.read(project, name: "", report: &report).names
    scan.keep(names)
    let missing = scan.unlisted(names).count
    guard asked == nil, !scan.leftOut.links.isEmpty, missing > 0 else { return scan }
    var whole = try ImageScan(of: folder, excluding: excluded, links: LinkChoice(true))
    whole.keep(names)
    guard whole.unlisted(names).count < missing else { return scan }
    whole.isFollowedUnasked = true
    return whole
  }

  /// The files that names stand for, where they are no images here.
  private func unlisted(_ names: Set<ImageKey>) -> [ImageKey: Place] {
    names.subtracting(images.map(\.key)).reduce(into: [:]) { places, key in
      let place = Place(key, in: folder)
      if FileKind(URL(filePath: place.file)) == .file { places[key] = place }
    }
  }

  /// Calls images by the names that a project has for them.
  private mutating func keep(_ names: Set<ImageKey>) {
    let unlisted = unlisted(names).sorted { $0.key < $1.key }
    guard !unlisted.isEmpty else { return }
    let wanted = Set(unlisted.map(\.value))
    var indices: [Place: Int] = [:]
    for (index, image) in images.enumerated() where !names.contains(image.key) {
      let place = Place(file: FolderListing.realPath(image.file), page: image.page)
      if wanted.contains(place) { indices[place] = index }
    }
    for (key, place) in unlisted {
      guard let index = indices.removeValue(forKey: place) else { continue }
      let image = images[index]
      images[index] = ImageSource(key: key, file: image.file, page: image.page)
      masks = masks.map {
        $0.key == image.key ? MaskMatch(key: key, file: $0.file, page: $0.page) : $0
      }
    }
  }

  /// The real path of an image's file, and its page.
  private struct Place: Hashable {
    let file: String
    let page: Int

    init(file: String, page: Int) { (self.file, self.page) = (file, page) }

    init(_ key: ImageKey, in folder: URL) {
      var path = key.text
      var page = 1
      if let mark = path.lastIndex(of: "#"), let number = Int(path[path.index(after: mark)...]) {
        (path, page) = (String(path[..<mark]), number)
      }
      self.init(file: FolderListing.realPath(folder.appending(path: path)), page: page - 1)
    }
  }
}
