import Foundation
import Imaging
import Project
import Recipes

/// The images that a command works on: a folder of them with its project, or one file.
struct ImageFolder {
  /// The path as it was given.
  let path: String
  /// What lies there.
  let images: [ImageSource]
  /// The project of a folder, only read; a file has none.
  let store: ProjectStore?
  /// What no result may replace.
  let originals: Originals

  /// Looks through a path, whose project may be kept elsewhere, and says on standard error what in it
  /// is not opened.
  ///
  /// - Throws: `Failure` where the path is not there, `ProjectError` where it holds no image.
  init(_ path: String, project: URL? = nil) throws {
    self.path = path
    let url = URL(filePath: path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw Failure(.missingInput, "'\(path)' is not there; give an image or a folder of images")
    }
    if try url.resolvingSymlinksInPath().isFolder {
      let store = try ProjectStore.open(images: url, project: project, access: .readOnly)
      images = store.sources
      self.store = store
      originals = Originals(store)
      for notice in store.report.notices { StandardStream.error.line("aura: \(notice)") }
    } else {
      images = try Self.pages(of: url)
      store = nil
      originals = Originals(files: [url])
    }
  }

  private static func pages(of file: URL) throws(ImagingError) -> [ImageSource] {
    let pages = try ImageFile.pageCount(of: file)
    return (0..<pages).map { page in
      let name = file.lastPathComponent
      return ImageSource(
        key: ImageKey(pages == 1 ? name : "\(name)#\(page + 1)"), file: file, page: page)
    }
  }
}

extension URL {
  /// Whether it leads to a folder.
  var isFolder: Bool {
    get throws { try resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false }
  }
}
