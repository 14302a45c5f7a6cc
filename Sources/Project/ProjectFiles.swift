import Files
import Foundation
import Recipes

/// Where the files of a project are, and reading and writing of the JSON ones.
struct ProjectFiles: Equatable, Sendable {
  /// The project's folder.
  let folder: URL

  /// What is only in the folder of a project, or of one that is being made.
  static let marks: Set = ["aura.json", ".copying"]

  var settings: URL { folder.appending(path: "aura.json") }
  var decisions: URL { folder.appending(path: "review.jsonl") }
  var strokes: URL { folder.appending(path: "strokes.jsonl") }
  var proposals: URL { folder.appending(path: "proposals.jsonl") }
  /// In which order to label what has no label yet.
  var suggested: URL { folder.appending(path: "suggested.json") }
  var runs: URL { folder.appending(path: "runs") }
  /// Stands in the folder while labels are copied into it, until they are all there.
  var unfinished: URL { folder.appending(path: ".copying") }
  /// Of which folder of images a project is that is not kept with them.
  var images: URL { folder.appending(path: "images.json") }

  /// Removes all that labels are, the file first without which they are no project.
  func removeLabels() {
    let folders = ["masks", "proposals"].map { folder.appending(path: $0) }
    let journals = [decisions, strokes, proposals]
    for file in [settings, images] + journals + [suggested] + folders + [unfinished] {
      try? FileManager.default.removeItem(at: file)
    }
  }

  /// The accepted mask of an image.
  func mask(of key: ImageKey) throws(ProjectError) -> URL {
    try Self.file(of: key, in: folder.appending(path: "masks"))
  }

  /// Where a mask goes whose image is rejected.
  func withdrawnMask(of key: ImageKey) throws(ProjectError) -> URL {
    try Self.file(of: key, in: folder.appending(path: "withdrawn"))
  }

  /// The proposed mask of an image.
  func proposal(of key: ImageKey) throws(ProjectError) -> URL {
    try Self.file(of: key, in: folder.appending(path: "proposals"))
  }

  /// `<folder>/<key>.png`, folders of the key kept; shortened where no disk takes a name of that length.
  ///
  /// - Throws: `ProjectError.unsafeKey` for a key that is empty, absolute or leads out of the folder.
  static func file(of key: ImageKey, in folder: URL) throws(ProjectError) -> URL {
    let parts = key.text.split(separator: "/", omittingEmptySubsequences: false)
    let isSafe = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") }
    guard isSafe else { throw .unsafeKey(key.text) }
    let name = FileName.fitting(parts.last.map(String.init) ?? "", ending: ".png")
    return folder.appending(
      path: (parts.dropLast() + [name[...]]).joined(separator: "/"), directoryHint: .notDirectory)
  }

  /// Writes a value as JSON that people can read, where the folder `root` is there.
  static func write(
    _ value: some Encodable, to file: URL, below root: URL? = nil
  ) throws(ProjectError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json: Data
    do {
      json = try encoder.encode(value) + Data([0x0A])
    } catch {
      throw .file(.system(file.path, "cannot be written as JSON (\(error))"))
    }
    try ProjectError.filing(AtomicWrite.write(json, to: file, below: root))
  }

  /// Reads a value from a JSON file.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from file: URL
  ) throws(ProjectError) -> Value {
    let text = try text(of: file)
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch let error as RecipeError {
      throw .settings(file.path, error)
    } catch {
      throw .damaged(file.path, (error as? DecodingError)?.reason ?? DecodingError.wrongJSON)
    }
  }

  /// The text of a file.
  static func text(of file: URL) throws(ProjectError) -> String {
    try ProjectError.filing(TextFile.read(file))
  }
}
