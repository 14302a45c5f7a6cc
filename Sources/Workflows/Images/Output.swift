public import Files
public import Foundation
public import Imaging
import Project
import Recipes

/// Files that a command leaves for the user.
public enum Output {
  /// Makes a folder for results, before the work rather than after it.
  ///
  /// - Throws: `ProjectError` where it cannot be written.
  public static func folder(_ path: String) throws -> URL { try resultFolder(path).url }

  /// The same for what may come to nothing, after which the folder is not to stay.
  ///
  /// - Throws: `ProjectError` where it cannot be written.
  public static func resultFolder(_ path: String) throws -> ResultFolder {
    let folder = try ResultFolder(making: URL(filePath: path, directoryHint: .isDirectory))
    guard FileManager.default.isWritableFile(atPath: folder.url.path) else {
      throw FileError.notWritable(folder.url.path)
    }
    return folder
  }

  /// The folder of a new run, or of one that is begun.
  ///
  /// - Throws: `WorkflowError.holdsRun` where the user is to choose another `place`, `holdsNoRun`, what
  ///   `resultFolder` throws.
  public static func runFolder(
    _ path: String, isBegun: Bool, place: String
  ) throws -> ResultFolder {
    let run = RunFolder(id: "", url: URL(filePath: path, directoryHint: .isDirectory))
    let holdsRun =
      run.hasWeights || FileManager.default.fileExists(atPath: run.checkpointFile.path)
    if isBegun, !holdsRun { throw WorkflowError.holdsNoRun(path) }
    if !isBegun, holdsRun { throw WorkflowError.holdsRun(path, place: place) }
    return try resultFolder(path)
  }

  /// The file name of each image's mask: the image's with `png` for its extension, or behind it where
  /// two images would get one name.
  static func maskNames(of keys: [ImageKey]) -> [ImageKey: String] {
    let short = Dictionary(keys.map { ($0, shortName(of: $0)) }, uniquingKeysWith: { a, _ in a })
    let uses = Dictionary(short.values.map { ($0, 1) }, uniquingKeysWith: +)
    return short.reduce(into: [:]) { names, pair in
      names[pair.key] = uses[pair.value] == 1 ? pair.value : pair.key.text + ".png"
    }
  }

  /// The file of each image's mask in a folder for results.
  static func maskFiles(of keys: [ImageKey], in folder: String) -> [ImageKey: URL] {
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    return maskNames(of: keys).mapValues {
      folder.appending(path: $0, directoryHint: .notDirectory)
    }
  }

  /// `plate/a.tif` is `plate/a.png`, `stack.tif#3` is `stack#3.png`.
  private static func shortName(of key: ImageKey) -> String {
    let text = key.text
    let slash = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
    let name = text[slash...]
    let page = name.lastIndex(of: "#").map { name[$0...] } ?? ""
    let file = name.dropLast(page.count)
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return text + ".png" }
    return text[..<slash] + file[..<dot] + page + ".png"
  }

  /// Writes a mask as 8-bit PNG, 0 or 255.
  public static func write(_ mask: Mask, to file: URL) throws {
    try AtomicWrite.write(MaskFile.encode(mask), to: file, isDurable: false)
  }
}
