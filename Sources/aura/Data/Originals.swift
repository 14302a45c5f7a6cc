import Foundation
import Imaging
import Project

/// What no command writes over: the user's pictures, and what a project keeps of its own.
struct Originals {
  private let files: Set<String>
  private let folders: [String]

  /// Takes the images and masks of a project's folder and the project's own folders.
  init(_ store: ProjectStore) {
    self.init(
      files: store.sources.map(\.file) + store.report.foundMasks.map(\.file),
      folders: ["masks", "proposals", "withdrawn", "runs"].map {
        store.folder.appending(path: $0, directoryHint: .isDirectory)
      })
  }

  /// Takes files, and folders with all that is in them.
  init(files: [URL], folders: [URL] = []) {
    self.files = Set(files.map(Self.path))
    self.folders = folders.map { Self.path($0) + "/" }
  }

  /// Refuses to write targets of which one is an original; before the first of them is written.
  ///
  /// A file that lies at a target may be replaced where it is a mask as aura writes them (an earlier
  /// result) or no picture; `option` is what the user is to change.
  ///
  /// - Throws: `Failure` naming the first.
  func spare(from targets: [URL], option: String) throws(Failure) {
    for target in targets {
      let path = Self.path(target)
      if files.contains(path) {
        throw Failure(
          .cannotCreate,
          "'\(target.path)' is an image or mask of yours and is not replaced; choose another \(option)"
        )
      }
      if folders.contains(where: path.hasPrefix) {
        throw Failure(
          .cannotCreate,
          "'\(target.path)' would lie in the project itself; choose another \(option)")
      }
      if Self.isPicture(target) {
        throw Failure(
          .cannotCreate,
          "'\(target.path)' is a picture already, not a mask that aura wrote, and is not replaced; "
            + "choose another \(option)")
      }
    }
  }

  /// Refuses to replace any file; `place` is what the user is to choose another of.
  ///
  /// - Throws: `Failure` naming the first.
  static func refuseExisting(_ targets: [URL], place: String) throws(Failure) {
    for target in targets where FileManager.default.fileExists(atPath: target.path) {
      throw Failure(
        .cannotCreate,
        "'\(target.path)' is there already and is not replaced; choose another \(place)")
    }
  }

  /// Whether a file is a picture other than 0 and 255 in 8 bits.
  private static func isPicture(_ file: URL) -> Bool {
    guard (try? ImageFile.header(file)) != nil else { return false }
    guard let image = try? ImageFile.read(file), image.bitDepth == 8 else { return true }
    return !image.values.allSatisfy { $0 == 0 || $0 == 255 }
  }

  /// Where a path leads, links followed as far as something is there.
  private static func path(_ url: URL) -> String {
    url.standardizedFileURL.resolvingSymlinksInPath().path
  }
}
