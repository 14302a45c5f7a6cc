import Files
import Basics
import Autograd
public import Foundation
import Networks
import Project
import Recipes
import Training
import Weights

/// Brings weights into the library: reads and checks a file before anything is written.
public struct WeightsImport {
  let library: WeightsLibrary
  /// Whether weights of the same name are replaced.
  let replaces: Bool

  /// Imports into a library; `replaces` says whether weights of the same name are replaced.
  public init(library: WeightsLibrary, replaces: Bool = false) {
    self.library = library
    self.replaces = replaces
  }

  /// Keeps a file's weights.
  ///
  /// - Parameters:
  ///   - file: a `.pth` of torchvision's ResNets, or a `.safetensors` of theirs or of a training run.
  ///   - fileName: what the file is called where it comes from.
  ///   - name: what to call them; an encoder's own name or the file's where nil.
  ///   - list: told of every tensor that does not fit, a line each.
  /// - Returns: what is kept now.
  /// - Throws: `WeightsTrouble` where the file is not what its name says or fits no network.
  public func keep(
    _ file: URL, calledAs fileName: String? = nil, name: String? = nil, list: (String) -> Void
  ) throws -> WeightsLibrary.Entry {
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
    state.metadata[WeightsLibrary.sourceNote] = fileName
    state.metadata[WeightsLibrary.hashNote] = hash
    try write(state, as: own)
    guard let entry = library.entries.first(where: { $0.name == own }) else {
      throw WeightsTrouble.notReadBack(library.file(own).path)
    }
    return entry
  }

  private func write(_ state: StateDict, as name: String) throws {
    let target = library.file(name)
    guard WeightsLibrary.isName(name) else {
      throw WeightsTrouble.weightsName(name)
    }
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
  static func checkedHash(of file: URL, calledAs name: String) throws -> String {
    let hash = try SHA256.hash(of: file)
    if let digits = OfficialEncoder.digits(in: name), !hash.hasPrefix(digits) {
      throw WeightsTrouble.notPublished(
        file.path, found: String(hash.prefix(8)), published: digits, isRemoved: false)
    }
    return hash
  }
}
