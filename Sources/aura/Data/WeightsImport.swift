import Files
import Basics
import Autograd
import Foundation
import Networks
import Project
import Recipes
import Training
import Weights

/// Brings weights into the library: reads and checks a file before anything is written.
struct WeightsImport {
  let library: WeightsLibrary
  /// Whether weights of the same name are replaced.
  var replaces = false

  /// Keeps a file's weights.
  ///
  /// - Parameters:
  ///   - file: a `.pth` of torchvision's ResNets, or a `.safetensors` of theirs or of a training run.
  ///   - fileName: what the file is called where it comes from.
  ///   - name: what to call them; an encoder's own name or the file's where nil.
  ///   - list: told of every tensor that does not fit, a line each.
  /// - Returns: what is kept now.
  /// - Throws: `Failure` where the file is not what its name says or fits no network.
  func keep(
    _ file: URL, calledAs fileName: String? = nil, name: String? = nil, list: (String) -> Void
  ) throws -> WeightsLibrary.Entry {
    let fileName = fileName ?? file.lastPathComponent
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw Failure(.missingInput, "'\(file.path)' is not there; is the path right?")
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
    state.metadata[WeightsLibrary.sourceNote] = fileName
    state.metadata[WeightsLibrary.hashNote] = hash
    try write(state, as: own)
    guard let entry = library.entries.first(where: { $0.name == own }) else {
      throw Failure(
        .cannotWrite, "'\(library.file(own).path)' cannot be read back; is the disk full?")
    }
    return entry
  }

  private func write(_ state: StateDict, as name: String) throws {
    let target = library.file(name)
    guard WeightsLibrary.isName(name) else {
      throw Failure(
        .badInput,
        "'\(name)' is no name for weights; give --name with letters, digits, '.', '_' and '-'")
    }
    if let reserved = OfficialEncoder(rawValue: name),
      state.metadata[OfficialEncoder.note] != reserved.rawValue
    {
      throw Failure(
        .badInput, "'\(name)' is the name of torchvision's encoder; give another --name")
    }
    guard replaces || !FileManager.default.fileExists(atPath: target.path) else {
      throw Failure(
        .cannotCreate, "'\(name)' is kept already; give another --name, or --replace to replace it")
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
      throw Failure(
        .badInput,
        "'\(file.path)' holds neither a network that aura trained nor torchvision's resnet18 or "
          + "resnet34")
    }
    for line in nearest.misfit.lines { list("  \(line)") }
    throw Failure(
      .badInput, "'\(file.path)' is not torchvision's \(nearest.encoder): \(nearest.misfit)")
  }

  /// The hash of a file, which begins as its name says where that says anything.
  static func checkedHash(of file: URL, calledAs name: String) throws -> String {
    let hash = try SHA256.hash(of: file)
    if let digits = OfficialEncoder.digits(in: name), !hash.hasPrefix(digits) {
      throw Failure(
        .badInput,
        "'\(file.path)' is not the file that was published: its SHA-256 begins with "
          + "\(hash.prefix(8)), not \(digits); download it again")
    }
    return hash
  }
}
