import Files
import Basics
public import Foundation

/// The folder that a project's files are kept in, and how it came to be that one.
public struct ProjectPlace: Equatable, Sendable {
  /// Why the project is where it is.
  public enum Reason: Equatable, Sendable {
    /// `.aura` in the folder of images.
    case withImages
    /// As told by `--project`.
    case given
    /// The folder of images cannot be written, so it is in the user's data folder.
    case readOnlyImages
  }

  /// The project's folder.
  public let folder: URL
  /// Why it is that one.
  public let reason: Reason

  /// Finds the place of the project of a folder of images, making the folder if `makes`.
  ///
  /// Without `given` it is `.aura` in `images` where that can be written; otherwise a folder with the
  /// images' name and a hash of their path in `$XDG_DATA_HOME/aura` (`~/.local/share/aura`). Without
  /// `makes` it is the place that opening for writing would have chosen before.
  public static func find(
    images: URL, given: URL?, environment: [String: String], makes: Bool
  ) throws(ProjectError) -> ProjectPlace {
    if let given {
      let place = ProjectPlace(folder: given.standardizedFileURL, reason: .given)
      if makes { try place.prepare() }
      return place
    }
    let beside = ProjectPlace(
      folder: images.appending(path: ".aura", directoryHint: .isDirectory), reason: .withImages)
    let away = ProjectPlace(
      folder: dataFolder(environment).appending(path: name(for: images)), reason: .readOnlyImages)
    guard makes else {
      guard FileKind(away.folder) == .folder else { return beside }
      return beside.takesFiles ? beside : away
    }
    do {
      try beside.prepare()
      return beside
    } catch {
      guard case .file(.notWritable) = error else { throw error }
      try away.prepare()
      return away
    }
  }

  /// A line for the user where the place is not the usual one.
  public var notice: String? {
    reason == .readOnlyImages
      ? "the folder of images cannot be written, so masks and strokes are kept in '\(folder.path)'"
      : nil
  }

  /// Makes the folder and proves that it can be written.
  private func prepare() throws(ProjectError) {
    try ProjectError.filing(AtomicWrite.makeFolder(folder))
    try ProjectError.filing(AtomicWrite.probe(folder))
  }

  /// Whether the folder is there and this user may write into it.
  private var takesFiles: Bool {
    guard FileKind(folder) == .folder else { return false }
    do {
      try AtomicWrite.probe(folder)
    } catch .notWritable {
      return false
    } catch {}
    return true
  }

  /// Where aura keeps what belongs to the user and to no folder of images: `$XDG_DATA_HOME/aura`, or
  /// `~/.local/share/aura` where that is not an absolute path.
  public static func dataFolder(_ environment: [String: String]) -> URL {
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      return URL(filePath: data, directoryHint: .isDirectory).appending(path: "aura")
    }
    let home = environment["HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
    return (home ?? FileManager.default.homeDirectoryForCurrentUser)
      .appending(path: ".local/share/aura")
  }

  /// The folder's name and a hash (FNV-1a) of its whole path, so that namesakes stay apart.
  private static func name(for images: URL) -> String {
    let path = images.standardizedFileURL.resolvingSymlinksInPath().path
    var hash = FNV1a()
    for byte in path.utf8 { hash.add(UInt64(byte)) }
    return images.standardizedFileURL.lastPathComponent + "-" + String(hash.value, radix: 36)
  }
}
