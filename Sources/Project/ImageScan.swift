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

/// A picture that is no image of the project, and why.
public struct RefusedFile: Equatable, Sendable {
  /// Its path, relative to the opened folder.
  public let path: String
  /// One line.
  public let reason: String
}

/// What a folder holds: images, and masks that lie with them.
///
/// Images are PNG and TIFF files in any depth of folders; links are followed, hidden files and folders
/// (`.aura` among them) are not looked at. Pages of a TIFF are images of their own. Files that are
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
  /// Other pictures, and images whose pages cannot be counted.
  private(set) var refused: [RefusedFile] = []

  /// Looks through a folder.
  ///
  /// Folders in `excluded` (those of the project itself) are not looked into; `pageCount` says how many
  /// pages a TIFF file has and throws for one that cannot be read.
  init(
    of folder: URL, excluding excluded: [URL] = [],
    pageCount: (URL) throws -> Int = { try ImageFile.pageCount(of: $0) }
  ) throws(ProjectError) {
    guard FileKind(folder) == .folder else { throw .file(.noFolder(folder.path)) }
    let listing = try Self.files(in: folder, excluding: excluded)
    for path in listing where Self.refusedExtensions.contains(Self.fileExtension(path)) {
      refused.append(
        RefusedFile(path: path, reason: "not PNG or TIFF; convert it, without loss if it can be"))
    }
    let pictures = listing.filter { ImageFile.extensions.contains(Self.fileExtension($0)) }
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
      refused.append(RefusedFile(path: path, reason: "\(error)"))
    }
  }

  static func fileExtension(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return "" }
    return path[path.index(after: dot)...].lowercased()
  }

  /// Relative paths of all files that are not hidden, in natural order; folders seen twice through
  /// links are entered once, and those of other projects (they hold an `aura.json`) not at all.
  static func files(
    in folder: URL, excluding excluded: [URL] = []
  ) throws(ProjectError) -> [String] {
    var found: [String] = []
    var entered = Set(excluded.map { $0.resolvingSymlinksInPath().path })
    var waiting = [""]
    while let prefix = waiting.popLast() {
      let here = prefix.isEmpty ? folder : folder.appending(path: prefix)
      guard entered.insert(here.resolvingSymlinksInPath().path).inserted else { continue }
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: here.path)
      } catch {
        if prefix.isEmpty { throw .file(.foundation(folder.path, error)) }
        continue
      }
      guard prefix.isEmpty || !names.contains("aura.json") else { continue }
      for name in names where !name.hasPrefix(".") {
        let path = prefix.isEmpty ? name : prefix + "/" + name
        switch FileKind(folder.appending(path: path)) {
        case .file: found.append(path)
        case .folder: waiting.append(path)
        case .other, nil: break
        }
      }
    }
    return found.sorted(by: NaturalOrder.precedes)
  }
}
