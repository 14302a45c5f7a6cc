import Foundation
import Imaging
import Project

/// The images that a command works on: a folder of them with its project, or one file.
struct ImageFolder {
  /// The path as it was given.
  let path: String
  /// What lies there.
  let images: [ImageSource]
  /// The project of a folder, only read; a file has none.
  let store: ProjectStore?

  /// Looks through a path, and says on standard error what in it is not opened.
  ///
  /// - Throws: `Failure` where the path is not there, `ProjectError` where it holds no image.
  init(_ path: String) throws {
    self.path = path
    let url = URL(filePath: path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw Failure(.missingInput, "'\(path)' is not there; give an image or a folder of images")
    }
    if try url.resolvingSymlinksInPath().isFolder {
      let store = try ProjectStore.open(images: url, access: .readOnly)
      images = store.sources
      self.store = store
      for notice in store.report.notices { StandardStream.error.line("aura: \(notice)") }
    } else {
      images = try Self.pages(of: url)
      store = nil
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
  fileprivate var isFolder: Bool {
    get throws { try resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false }
  }
}
