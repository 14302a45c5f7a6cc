public import Files
public import Foundation
import Imaging
public import Project
import Recipes

/// Files that a command leaves for the user.
public enum Output {
  /// Makes a folder for results, before the work rather than after it; where that comes to nothing, the
  /// folder can be removed.
  ///
  /// - Throws: `ProjectError` where it cannot be written.
  public static func resultFolder(_ path: String) throws -> ResultFolder {
    let folder = try ResultFolder(making: URL(filePath: path, directoryHint: .isDirectory))
    guard FileManager.default.isWritableFile(atPath: folder.url.path) else {
      throw FileError.notWritable(folder.url.path)
    }
    return folder
  }

  /// The folder of a new run, or of one that is begun, however far it came, were it killed before its first file.
  ///
  /// - Throws: `WorkflowError.holdsRun` where the user is to choose another `place`, `holdsNoRun`, what
  ///   `resultFolder` throws.
  public static func runFolder(
    _ path: String, isBegun: Bool, place: String
  ) throws -> ResultFolder {
    let run = RunFolder(id: "", url: URL(filePath: path, directoryHint: .isDirectory))
    if isBegun, FileKind(run.url) != .folder || !run.isBegun && !run.isBare {
      throw WorkflowError.holdsNoRun(path)
    }
    if !isBegun, run.hasWeights || run.hasCheckpoint {
      throw WorkflowError.holdsRun(path, place: place)
    }
    return try resultFolder(path)
  }

  /// The file of each image's mask in a folder for results: called as the image with `png` for its
  /// extension, or behind it where two images would get one name.
  static func maskFiles(of keys: [ImageKey], in folder: String) -> [ImageKey: URL] {
    files(of: keys, in: folder, ending: ".png")
  }

  /// The same with another ending.
  static func files(
    of keys: [ImageKey], in folder: String, ending: String
  ) -> [ImageKey: URL] {
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    let short = Dictionary(keys.map { ($0, shortName(of: $0) + ending) }) { first, _ in first }
    let uses = Dictionary(short.values.map { ($0, 1) }, uniquingKeysWith: +)
    return short.reduce(into: [:]) { files, pair in
      let name = uses[pair.value] == 1 ? pair.value : pair.key.text + ending
      files[pair.key] = folder.appending(path: name, directoryHint: .notDirectory)
    }
  }

  /// `plate/a.tif` is `plate/a`, `stack.tif#3` is `stack#3`.
  private static func shortName(of key: ImageKey) -> String {
    let text = key.text
    let slash = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
    let name = text[slash...]
    let page = name.lastIndex(of: "#").map { name[$0...] } ?? ""
    let file = name.dropLast(page.count)
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return text }
    return String(text[..<slash] + file[..<dot] + page)
  }

  /// Writes the mask of an image as 8-bit PNG, 0 or 255, with the size of the image's pixels, where the folder `root` is there.
  static func write(_ mask: Mask, of image: ImageSource, to file: URL, below root: URL? = nil)
    throws
  {
    try write(Annotation(mask), of: image, to: file, below: root)
  }

  /// Writes the cells of an image as a label image: 16-bit PNG, a number a cell.
  static func write(_ cells: LabelImage, of image: ImageSource, to file: URL) throws {
    let numbers = Image(
      width: cells.width, height: cells.height, bitDepth: 16, values: cells.labels.map(Float.init))
    let data = PNG.encode(numbers, bitDepth: 16, pixelSize: image.pixelSize)
    try AtomicWrite.write(data, to: file, isDurable: false)
  }

  /// Writes the mask of an image as 8-bit PNG, 0 or 255, and 128 where nobody annotated it.
  static func write(
    _ annotation: Annotation, of image: ImageSource, to file: URL, below root: URL? = nil
  ) throws {
    let data = MaskFile.encode(annotation, pixelSize: image.pixelSize)
    try AtomicWrite.write(data, to: file, below: root, isDurable: false)
  }
}

/// What no command writes over: the user's pictures, and what a project keeps of its own.
public struct Originals {
  private let files: Set<String>
  private let folders: [String]

  /// Takes the images and masks of a project's folder and the project's own folders.
  public init(_ store: ProjectStore) {
    self.init(
      files: store.sources.map(\.file) + store.report.foundMasks.flatMap(\.source.files),
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
  /// result) or no picture; `place` is what the user is to choose another of.
  ///
  /// - Throws: `WorkflowError` naming the first.
  public func spare(from targets: [URL], place: String) throws(WorkflowError) {
    for target in targets {
      let path = Self.path(target)
      if files.contains(path) { throw .occupied(target.path, .original, place: place) }
      if folders.contains(where: path.hasPrefix) {
        throw .occupied(target.path, .project, place: place)
      }
      if Self.isPicture(target) { throw .occupied(target.path, .picture, place: place) }
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
