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
    /// The folder of images cannot be written, or could not, so it is in the user's data folder.
    case readOnlyImages
    /// The project with the images cannot be written, so it is the user's own copy, in his data folder.
    case ownCopy
  }

  /// The project's folder.
  public let folder: URL
  /// Why it is that one.
  public let reason: Reason
  /// Whether this user may read the project and not write it, so that it is only looked at.
  public internal(set) var isReadOnly = false
  /// The place that was not taken, where it holds labels too.
  var other: URL?

  /// Finds the place of the project of a folder of images, making the folder if `makes`.
  ///
  /// Without `given` it is `.aura` in `images` where that can be written, otherwise a folder of the
  /// user's own. Labels count before an empty project: of the two places that one is taken which holds
  /// any, and a project that can only be read is only read. Without `makes` it is the place that opening
  /// for writing would choose.
  public static func find(
    images: URL, given: URL?, environment: [String: String], makes: Bool
  ) throws(ProjectError) -> ProjectPlace {
    if let given {
      var place = ProjectPlace(folder: given.standardizedFileURL, reason: .given)
      guard makes, try !place.isPrepared() else { return place }
      guard place.isProject else { throw .file(.notWritable(place.folder.path)) }
      place.isReadOnly = true
      return place
    }
    var beside = ProjectPlace(
      folder: images.appending(path: ".aura", directoryHint: .isDirectory), reason: .withImages)
    let away = ProjectPlace(
      folder: own(for: images, environment),
      reason: beside.holdsLabels ? .ownCopy : .readOnlyImages)
    let prefersAway = away.holdsLabels && !beside.holdsLabels
    if !prefersAway, try makes ? beside.isPrepared() : beside.takesFiles {
      return beside.naming(away)
    }
    if beside.isProject, !away.holdsLabels {
      beside.isReadOnly = makes
      return beside
    }
    guard makes else { return FileKind(away.folder) == .folder ? away : beside }
    if try !away.isPrepared() { throw .file(.notWritable(away.folder.path)) }
    return away.naming(beside)
  }

  /// The place with the other one to be told of, so that no labels are hidden without a word.
  private func naming(_ other: ProjectPlace) -> ProjectPlace {
    var place = self
    if other.holdsLabels { place.other = other.folder }
    return place
  }

  /// A line for the user where the place is not the usual one.
  public var notice: String? {
    guard !isReadOnly else {
      return "the project '\(folder.path)' can be read and not written, so it is open to look at;"
        + " W copies its labels into one of your own"
    }
    let also = other.map { "labels are also in '\($0.path)', which can be given as the project" }
    let line: String? =
      switch reason {
      case .readOnlyImages:
        "the folder of images cannot be written, or could not at first: masks and strokes are kept in"
          + " '\(folder.path)'"
      case .ownCopy:
        "the project with the images cannot be written: this is your own, '\(folder.path)'"
      case .withImages, .given: nil
      }
    let lines = [line, also].compactMap(\.self)
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  /// Whether a project is there that can be seen.
  var isProject: Bool { FileKind(ProjectFiles(folder: folder).settings) == .file }

  /// Whether anything was decided or drawn there.
  var holdsLabels: Bool {
    let files = ProjectFiles(folder: folder)
    return [files.decisions, files.strokes].contains {
      ((try? $0.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0) > 0
    }
  }

  /// Makes the folder and finds out whether it can be written.
  private func isPrepared() throws(ProjectError) -> Bool {
    do {
      try AtomicWrite.makeFolder(folder)
      try AtomicWrite.probe(folder)
      return true
    } catch .notWritable {
      return false
    } catch {
      throw .file(error)
    }
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

  /// The user's own place for the project of a folder of images: in his data folder, called by the
  /// folder's name and a hash (FNV-1a) of its whole path, so that namesakes stay apart.
  static func own(for images: URL, _ environment: [String: String]) -> URL {
    let path = images.standardizedFileURL.resolvingSymlinksInPath().path
    var hash = FNV1a()
    for byte in path.utf8 { hash.add(UInt64(byte)) }
    let name = images.standardizedFileURL.lastPathComponent + "-" + String(hash.value, radix: 36)
    return dataFolder(environment).appending(path: name, directoryHint: .isDirectory)
  }
}
