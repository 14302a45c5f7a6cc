public import Foundation
import Project
import Recipes
import Weights

/// The weights that `aura weights` keeps under names, as `.safetensors` in the user's data folder.
public struct WeightsLibrary {
  /// One of them.
  public struct Entry: Encodable, Equatable {
    /// What they are called.
    public var name: String
    /// Their file.
    public var path: String
    /// Its size.
    public var bytes: Int
    /// The networks that can begin with them.
    public var networks: String
    /// The file that they came from, as it was called.
    public var source: String?
  }

  /// What a file notes the name of the file that it was made from under, and that file's hash.
  static let sourceNote = "source"
  static let hashNote = "sha256"

  /// `$XDG_DATA_HOME/aura/weights`.
  let folder: URL

  init(folder: URL) { self.folder = folder }

  /// The library of a user, by the environment of a program.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.init(
      folder: ProjectPlace.dataFolder(environment)
        .appending(path: "weights", directoryHint: .isDirectory))
  }

  /// The file of a name, there or not.
  func file(_ name: String) -> URL { folder.appending(path: "\(name).safetensors") }

  /// What an option names: a file, or else weights that are kept under that name.
  ///
  /// - Throws: `WeightsTrouble` where there is neither.
  func path(of text: String) throws(WeightsTrouble) -> String {
    let target = URL(filePath: text).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    if let attributes, attributes[.type] as? FileAttributeType != .typeDirectory { return text }
    if Self.isName(text) {
      let kept = file(text).path
      if FileManager.default.fileExists(atPath: kept) { return kept }
      if let encoder = OfficialEncoder(rawValue: text) {
        throw .notFetched(encoder)
      }
    }
    throw .noWeights(text)
  }

  /// What is kept, by name.
  public var entries: [Entry] {
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
      ?? []
    return files.filter { $0.pathExtension == "safetensors" }.compactMap { file in
      guard let notes = Safetensors.metadata(of: file) else { return nil }
      let encoder = notes[OfficialEncoder.note].flatMap(OfficialEncoder.init)
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      return Entry(
        name: file.deletingPathExtension().lastPathComponent, path: file.path,
        bytes: attributes?[.size] as? Int ?? 0,
        networks: encoder?.networks ?? notes["architecture"] ?? "", source: notes[Self.sourceNote])
    }.sorted { $0.name < $1.name }
  }

  /// Whether a text can be a name: letters, digits, `.`, `_` and `-`, no word that means something else.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || ["_", "-", "."].contains($0)
    }
    return isPlain && first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
      && !["none", "simulated", "simulated-encoder"].contains(text)
  }
}
