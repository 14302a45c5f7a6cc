import Files
import Foundation

/// The folder of a copy, and what it was before.
struct CopyGround: Sendable {
  private let folder: ResultFolder
  /// Where what lay there was put.
  private let aside: URL?

  /// Makes the folder, if it is not there; what lies in it and holds no labels is put aside.
  init(_ place: ProjectPlace, of project: URL) throws(ProjectError) {
    aside = try Self.putAside(place, of: project)
    do {
      folder = try ResultFolder(making: place.folder)
    } catch {
      if let aside { try? AtomicWrite.rename(aside, to: place.folder) }
      throw .file(error)
    }
  }

  private static func putAside(
    _ place: ProjectPlace, of project: URL
  ) throws(ProjectError) -> URL? {
    let folder = place.folder
    guard FileKind(folder) == .folder else { return nil }
    // A disk of its own has a folder for what is found after a crash; a kill may leave a lock.
    let names = try ProjectError.filing(FolderListing.names(in: folder)).filter {
      $0 != "lost+found" && $0 != FolderLock.fileName
    }
    guard !names.isEmpty else { return nil }
    let kind = place.isUnfinished ? "unfinished" : "empty"
    guard folder.path != project.path, place.isUnfinished || place.isProject && !place.holdsLabels
    else { throw .notEmpty(folder.path) }
    _ = try ProjectWriter.lock(folder)
    let parent = folder.deletingLastPathComponent()
    let aside = (1...).lazy.map {
      parent.appending(path: "\(folder.lastPathComponent).\(kind)-\($0)")
    }
    .first { FileKind($0) == nil }
    guard let aside, (try? AtomicWrite.rename(folder, to: aside)) != nil else {
      throw .notEmpty(folder.path)
    }
    return aside
  }

  /// Makes the place what it was, as far as nothing lies there.
  func restore() {
    folder.removeIfEmpty()
    if let aside, FileKind(folder.url) == nil { try? AtomicWrite.rename(aside, to: folder.url) }
  }
}
