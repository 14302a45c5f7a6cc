public import Foundation
import Project
public import Weights
public import Recipes

/// What is wrong with weights that were named, or that are to be kept: what, where, and what to try.
///
/// As of `WorkflowError`, no text names an option.
public enum WeightsTrouble: Error {
  /// There are neither weights in a file nor any that are kept under a name.
  case noWeights(String)
  /// The weights of an encoder are not fetched yet.
  case notFetched(OfficialEncoder)
  /// A folder has no trained network, and the weights learnt from simulated images are missing.
  case noNetwork(String)
  /// The weights learnt from simulated images are missing.
  case noSimulatedWeights
  /// A file holds an encoder where a whole network is needed; the encoder's name.
  case encoderAlone(String, encoder: String)
  /// A file does not say which network it is of.
  case unnamedNetwork(String)
  /// A file says it is of a network that is not known.
  case unknownNetwork(String, name: String)
  /// The weights of a file do not fit a network, which the user named or the file.
  case misfit(String, architecture: Architecture, isNamed: Bool, reason: any Error)
  /// A network has not the encoder of a file.
  case foreignEncoder(String, architecture: Architecture)
  /// Weights do not suit a network: an encoder's, or those learnt from simulated images.
  case unsuitedWeights(StartingWeights, architecture: Architecture, encoder: OfficialEncoder?)
  /// Weights cannot be quantised.
  case notQuantized(String, WeightsError)
  /// A network cannot be fitted to a folder's images.
  case calibration(any Error)

  /// A file to import is not there.
  case noFile(String)
  /// A file is not the one that was published: the first digits of its hash, those that it should
  /// have, and whether it was removed.
  case notPublished(String, found: String, published: String, isRemoved: Bool)
  /// A file holds no weights that are known.
  case unknownWeights(String)
  /// A file is not quite torchvision's encoder.
  case notTheEncoder(String, OfficialEncoder, Misfit)
  /// No network can compute with the numbers of a file.
  case unsound(String, TensorFault)
  /// A text is no name for weights.
  case weightsName(String)
  /// A name belongs to torchvision's encoder.
  case reservedName(String)
  /// Weights of a name are kept already.
  case nameTaken(String)
  /// What was just written cannot be read.
  case notReadBack(String)
  /// A text is no address of a server.
  case address(String)
  /// A file did not come from a server: why, and how many bytes of it are there.
  case download(URL, DownloadTrouble, received: Int, part: String)
}

extension WeightsTrouble: CustomStringConvertible {
  /// One line.
  public var description: String {
    switch self {
    case .noWeights(let text):
      "'\(text)' is not there"
    case .notFetched(let encoder):
      "'\(encoder.rawValue)' is not there yet"
    case .noNetwork(let path):
      "no network is trained in '\(path)' and the simulated weights are not there: "
        + SimulatedWeights.place
    case .noSimulatedWeights:
      "the simulated weights are not there: \(SimulatedWeights.place); put it back"
    case .encoderAlone(let path, _):
      "'\(path)' is an encoder, not a whole network; train one"
    case .unnamedNetwork(let path):
      "'\(path)' does not say which network it is of"
    case .unknownNetwork(let path, let name):
      "'\(path)' is of '\(name)', a network that is not known here"
    case .misfit(let path, let architecture, _, let reason):
      "'\(path)' as \(architecture): \(reason)"
    case .foreignEncoder(let path, let architecture):
      "'\(path)' is a ResNet's encoder, which \(architecture) has not"
    case .unsuitedWeights(let name, let architecture, let encoder?):
      "\(name.text) does not suit \(architecture); it is the encoder of \(encoder.networks)"
    case .unsuitedWeights(_, let architecture, nil):
      "the simulated weights are of \(SimulatedWeights.architecture) and do not suit \(architecture)"
    case .notQuantized(let path, let error):
      "'\(path)': \(error)"
    case .calibration(let reason):
      "the network cannot be fitted to the folder's images: \(reason)"
    case .noFile(let path):
      "'\(path)' is not there; is the path right?"
    case .notPublished(let path, let found, let published, let isRemoved):
      "'\(path)' is not the file that was published: its SHA-256 begins with \(found), not "
        + "\(published); download it again"
        + (isRemoved ? " (what was downloaded is removed)" : "")
    case .unknownWeights(let path):
      "'\(path)' holds neither a network that aura trained nor torchvision's resnet18 or resnet34"
    case .notTheEncoder(let path, let encoder, let misfit):
      "'\(path)' is not torchvision's \(encoder): \(misfit)"
    case .unsound(let path, let fault):
      "'\(path)' cannot be used: \(fault); was its training broken off, or the file damaged?"
    case .weightsName(let name):
      "'\(name)' is no name for weights: it has letters, digits, '.', '_' and '-'"
    case .reservedName(let name):
      "'\(name)' is the name of torchvision's encoder"
    case .nameTaken(let name):
      "'\(name)' is kept already"
    case .notReadBack(let path):
      "'\(path)' cannot be read back; is the disk full?"
    case .address(let text):
      "'\(text)' is no address of a server; it begins with https://"
    case .download(let address, let trouble, let received, let part):
      Self.text(of: trouble, address, received: received, part: part)
    }
  }

  private static func text(
    of trouble: DownloadTrouble, _ address: URL, received: Int, part: String
  ) -> String {
    switch trouble {
    case .connection(let reason) where received > 0:
      "\(address.lastPathComponent) came only in part (\(reason))"
    case .connection(let reason):
      "\(address.host() ?? "the server") cannot be reached (\(reason))"
    case .status(let code): "\(address) is answered with status \(code)"
    case .otherFile, .tooLarge: "\(address) is not the file that was asked for"
    case .disk(let reason): "'\(part)' cannot be written: \(reason)"
    }
  }
}

/// Why a file did not come.
public enum DownloadTrouble: Error, Equatable, Sendable {
  /// No answer, or none any more: what the system says.
  case connection(String)
  /// The server answered with another status than that of a file.
  case status(Int)
  /// The part on disk does not go with the server's file.
  case otherFile
  /// More bytes than such a file has.
  case tooLarge
  /// The part cannot be written.
  case disk(String)
}
