public import Foundation
import Imaging
public import Project

/// What no command writes over: the user's pictures, and what a project keeps of its own.
public struct Originals {
  private let files: Set<String>
  private let folders: [String]

  /// Takes the images and masks of a project's folder and the project's own folders.
  public init(_ store: ProjectStore) {
    self.init(
      files: store.sources.map(\.file) + store.report.foundMasks.map(\.file),
      folders: ["masks", "proposals", "withdrawn", "runs"].map {
        store.folder.appending(path: $0, directoryHint: .isDirectory)
      })
  }

  /// Takes files, and folders with all that is in them.
  public init(files: [URL], folders: [URL] = []) {
    self.files = Set(files.map(Self.path))
    self.folders = folders.map { Self.path($0) + "/" }
  }

  /// Refuses to write targets of which one is an original; before the first of them is written.
  ///
  /// A file that lies at a target may be replaced where it is a mask as aura writes them (an earlier
  /// result) or no picture; `place` is what the user is to choose
  /// another of.
  ///
  /// - Throws: `WorkflowError` naming the first.
  public func spare(from targets: [URL], place: String) throws(WorkflowError) {
    for target in targets {
      let path = Self.path(target)
      if files.contains(path) {
        throw .occupied(target.path, .original, place: place)
      }
      if folders.contains(where: path.hasPrefix) {
        throw .occupied(target.path, .project, place: place)
      }
      if Self.isPicture(target) {
        throw .occupied(target.path, .picture, place: place)
      }
    }
  }

  /// Refuses to replace any file; `place` is what the user is to choose another of.
  ///
  /// - Throws: `WorkflowError` naming the first.
  public static func refuseExisting(_ targets: [URL], place: String) throws(WorkflowError) {
    for target in targets where FileManager.default.fileExists(atPath: target.path) {
      throw .occupied(target.path, .file, place: place)
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
