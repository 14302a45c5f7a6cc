import Autograd
import Basics
import Files
public import Foundation
import Networks
import Project
import Recipes
import Training
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

  /// What a file notes the name of the file that it was made from under.
  private static let sourceNote = "source"

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
      return Entry(
        name: file.deletingPathExtension().lastPathComponent, path: file.path,
        bytes: file.bytes, networks: encoder?.networks ?? notes["architecture"] ?? "",
        source: notes[Self.sourceNote])
    }.sorted { $0.name < $1.name }
  }

  /// Keeps a file's weights.
  ///
  /// - Parameters:
  ///   - file: a `.pth` of torchvision's ResNets, or a `.safetensors` of theirs or of a training run.
  ///   - fileName: what the file is called where it comes from.
  ///   - name: what to call them; an encoder's own name or the file's where nil.
  ///   - replaces: whether weights of the same name are replaced.
  ///   - list: told of every tensor that does not fit, a line each.
  /// - Returns: what is kept now.
  /// - Throws: `WeightsTrouble` where the file is not what its name says or fits no network.
  public func keep(
    _ file: URL, calledAs fileName: String? = nil, name: String? = nil, replaces: Bool = false,
    list: (String) -> Void
  ) throws -> Entry {
    let fileName = fileName ?? file.lastPathComponent
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw WeightsTrouble.noFile(file.path)
    }
    let hash = try Self.checkedHash(of: file, calledAs: fileName)
    var state = try WeightsFile.read(from: file)
    let own: String
    if WeightsNote(state.metadata) != nil {
      _ = try NetworkFile(file.path).checkedArchitecture()
      own = name ?? file.deletingPathExtension().lastPathComponent
    } else {
      let (encoder, tensors) = try encoder(of: state, file: file, list: list)
      state = tensors
      own = name ?? encoder.rawValue
      state.metadata["format"] = "aura-encoder-1"
      state.metadata[OfficialEncoder.note] = encoder.rawValue
    }
    if let fault = state.fault { throw WeightsTrouble.unsound(file.path, fault) }
    state.metadata[Self.sourceNote] = fileName
    state.metadata["sha256"] = hash
    try write(state, as: own, replaces: replaces)
    guard let entry = entries.first(where: { $0.name == own }) else {
      throw WeightsTrouble.notReadBack(self.file(own).path)
    }
    return entry
  }

  /// Gets an encoder's official file: what is there of it first, then the rest, then its check.
  ///
  /// - Parameters:
  ///   - encoder: which.
  ///   - base: the folder of the official files on a server.
  ///   - fileName: the file's name on the server, the official one where nil; its digits are checked.
  ///   - show: told how far the download is.
  /// - Returns: what is kept now; at once where it was kept before.
  /// - Throws: `WeightsTrouble` where the address is none, the server cannot be reached, or the file is
  ///   another.
  public func fetch(
    _ encoder: OfficialEncoder, from base: String, fileName: String? = nil,
    show: (DownloadProgress) -> Void
  ) throws -> Entry {
    if let kept = entries.first(where: { $0.name == encoder.rawValue }) { return kept }
    let name = fileName ?? encoder.fileName
    guard let address = URL(string: base + (base.hasSuffix("/") ? "" : "/") + name),
      ["http", "https"].contains(address.scheme), address.host() != nil
    else { throw WeightsTrouble.address(base) }
    try AtomicWrite.makeFolder(folder)
    let part = folder.appending(path: name + ".part")
    if (try? Self.checkedHash(of: part, calledAs: name)) == nil {
      do throws(DownloadTrouble) {
        try Download.run(address, to: part, show: show)
      } catch {
        let received = part.bytes
        if error == .otherFile || error == .tooLarge {
          try? FileManager.default.removeItem(at: part)
        }
        throw WeightsTrouble.download(address, error, received: received, part: part.path)
      }
    }
    do {
      _ = try Self.checkedHash(of: part, calledAs: name)
    } catch WeightsTrouble.notPublished(let path, let found, let published, _) {
      try? FileManager.default.removeItem(at: part)
      throw WeightsTrouble.notPublished(path, found: found, published: published, isRemoved: true)
    }
    let entry = try keep(part, calledAs: name) { _ in }
    try? FileManager.default.removeItem(at: part)
    return entry
  }

  /// Whether a text can be a name: letters, digits, `.`, `_` and `-`, no word that means something else.
  static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._\-]{0,63}/) != nil
      && !["none", "simulated", "simulated-encoder"].contains(text)
  }

  private func write(_ state: StateDict, as name: String, replaces: Bool) throws {
    let target = file(name)
    guard Self.isName(name) else { throw WeightsTrouble.weightsName(name) }
    if let reserved = OfficialEncoder(rawValue: name),
      state.metadata[OfficialEncoder.note] != reserved.rawValue
    {
      throw WeightsTrouble.reservedName(name)
    }
    guard replaces || !FileManager.default.fileExists(atPath: target.path) else {
      throw WeightsTrouble.nameTaken(name)
    }
    try AtomicWrite.write(Safetensors.pieces(of: state), to: target)
  }

  /// What is an encoder's in a file that fits one; the nearest one is named where it fits none.
  private func encoder(
    of state: StateDict, file: URL, list: (String) -> Void
  ) throws -> (encoder: OfficialEncoder, tensors: StateDict) {
    var nearest: (encoder: OfficialEncoder, misfit: Misfit)?
    for encoder in OfficialEncoder.allCases {
      do {
        return (encoder, try encoder.tensors(of: state))
      } catch {
        guard case .misfit(let misfit) = error else { throw error }
        if misfit.count < nearest?.misfit.count ?? .max { nearest = (encoder, misfit) }
      }
    }
    guard let nearest, state["conv1.weight"] != nil else {
      throw WeightsTrouble.unknownWeights(file.path)
    }
    for line in nearest.misfit.lines { list("  \(line)") }
    throw WeightsTrouble.notTheEncoder(file.path, nearest.encoder, nearest.misfit)
  }

  /// The hash of a file, which begins as its name says where that says anything.
  private static func checkedHash(of file: URL, calledAs name: String) throws -> String {
    let hash = try SHA256.hash(of: file)
    if let digits = OfficialEncoder.digits(in: name), !hash.hasPrefix(digits) {
      throw WeightsTrouble.notPublished(
        file.path, found: String(hash.prefix(8)), published: digits, isRemoved: false)
    }
    return hash
  }
}

extension URL {
  /// The size of a file; 0 where it is not there.
  var bytes: Int {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
  }
}
