import Files
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
  private var other: URL?
  /// Where the images lay when the user's own folder was opened last, if they lay elsewhere.
  private var origin: String?
  /// Labels that may be of these images, where the place holds none.
  private var guess: OwnFolder.Guess?

  init(folder: URL, reason: Reason) {
    self.folder = folder
    self.reason = reason
  }

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
    let own = OwnFolder.find(for: images, environment)
    var place = try find(images, own, makes: makes)
    if !place.holdsLabels { place.guess = own.guess }
    return place
  }

  private static func find(
    _ images: URL, _ own: OwnFolder, makes: Bool
  ) throws(ProjectError) -> ProjectPlace {
    var beside = ProjectPlace(
      folder: images.appending(path: ".aura", directoryHint: .isDirectory), reason: .withImages)
    var away = ProjectPlace(
      folder: own.folder, reason: beside.holdsLabels ? .ownCopy : .readOnlyImages)
    away.origin = own.origin
    let prefersAway = away.holdsLabels && !beside.holdsLabels
    if !prefersAway, try makes ? beside.isPrepared() : beside.takesFiles {
      return beside.naming(away)
    }
    if beside.isProject, !away.holdsLabels {
      beside.isReadOnly = makes
      return beside
    }
    guard makes else { return FileKind(away.folder) == .folder ? away.naming(beside) : beside }
    if try !away.isPrepared() { throw .file(.notWritable(away.folder.path)) }
    return away.naming(beside)
  }

  /// The place with the other one to be told of, so that no labels are hidden without a word.
  private func naming(_ other: ProjectPlace) -> ProjectPlace {
    var place = self
    if other.holdsLabels { place.other = other.folder }
    return place
  }

  /// A line for the user where the place is not the usual one: where labels are kept, and what to do.
  public var notice: String? {
    if isReadOnly {
      return
        "the labels in '\(folder.path)' can be read and not written: they are open to look at, and"
        + " nothing more is saved there; W copies them into a folder of your own and goes on in it"
    }
    let lines = [kept, moved, seen, guessed].compactMap(\.self)
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  /// Where labels are kept, if not with the images or where the user said.
  private var kept: String? {
    switch reason {
    case .readOnlyImages:
      "labels are kept in '\(folder.path)', and found there when these images are opened: the folder of"
        + " images cannot be written, or could not when labelling began"
    case .ownCopy:
      "labels are kept in your own copy, '\(folder.path)', as you may not write those with the images"
    case .withImages, .given: nil
    }
  }

  private var moved: String? {
    origin.map { "they were made when the images lay in '\($0)'" }
  }

  private var seen: String? {
    other.map { other in
      reason == .ownCopy
        ? "what others decide in '\(other.path)' does not come into it: give that folder as the project to"
          + " look at it"
        : "there are other labels of yours in '\(other.path)': give that folder as the project to see them"
    }
  }

  private var guessed: String? {
    guess.map { guess in
      "no labels are here; those in '\(guess.folder.path)' were made for images in '\(guess.path)': if these"
        + " are the same images, give that folder as the project to go on with them"
    }
  }

  /// Whether a project is there that can be seen.
  var isProject: Bool { FileKind(ProjectFiles(folder: folder).settings) == .file }

  /// Whether labels were to be copied there, and it came to an end before they all were.
  var isUnfinished: Bool { !isProject && FileKind(ProjectFiles(folder: folder).unfinished) != nil }

  /// Whether anything was decided or drawn there.
  var holdsLabels: Bool {
    guard !isUnfinished else { return false }
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
}
