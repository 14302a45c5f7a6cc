public import Foundation
import Networks
import Project
public import Recipes
import Training
public import Weights

/// Weights that are there before any run: none, those learnt from simulated images, those that
/// `aura weights` keeps under a name, or a file's.
public struct WeightsSource: Equatable, Sendable {
  /// What a recipe and a proposal call them.
  public let name: StartingWeights
  /// Where they are; nil where there are none.
  public let path: String?
  /// The encoder that they are of, where they are that alone and not a network's.
  public let encoder: OfficialEncoder?

  /// No weights.
  public static let nothing = WeightsSource(name: .random, path: nil)

  private init(name: StartingWeights, path: String?, encoder: OfficialEncoder? = nil) {
    self.name = name
    self.path = path
    self.encoder = encoder
  }

  /// The weights that were asked for; where nothing was, the simulated ones if this build carries any.
  ///
  /// - Throws: `WeightsTrouble` where they are not there.
  public init(
    _ asked: StartingWeights?, simulated: URL? = SimulatedWeights.file,
    library: WeightsLibrary = WeightsLibrary()
  ) throws(WeightsTrouble) {
    switch asked {
    case .random?: self = .nothing
    case .file(let text)?:
      let path = try library.path(of: text)
      let notes = Safetensors.metadata(of: URL(filePath: path))
      self.init(
        name: .file(text), path: path,
        encoder: notes?[OfficialEncoder.note].flatMap(OfficialEncoder.init))
    case .simulated?, .simulatedEncoder?:
      guard let simulated else { throw .noSimulatedWeights }
      self.init(name: asked ?? .simulated, path: simulated.path)
    case nil: self.init(name: simulated == nil ? .random : .simulated, path: simulated?.path)
    }
  }

  /// Whether they are of an encoder alone, which a run can begin with, but which finds no cells.
  var isEncoderAlone: Bool { encoder != nil || name == .simulatedEncoder }

  /// Why nothing is proposed before a project's first run, for a user who may expect it; `asked` is
  /// what was asked for.
  public func whyNoProposals(asked: StartingWeights?) -> String? {
    if isEncoderAlone {
      return "\(name.text) is an encoder alone: it proposes nothing, training starts from it"
    }
    guard asked == nil, path == nil else { return nil }
    return "no first proposals, the simulated weights are not there: \(SimulatedWeights.place)"
  }

  /// Whether a run of a network can begin with them, as far as is known without reading them.
  func suits(_ architecture: Architecture) -> Bool {
    if let encoder { return encoder.suits(architecture) }
    guard name == .simulated || name == .simulatedEncoder else { return true }
    let own = SimulatedWeights.architecture
    return own == architecture || architecture.sharesEncoder(with: own)
  }

  /// Whether they are of the whole network, as far as their file says: not of an encoder alone.
  public func isWhole(for architecture: Architecture) -> Bool {
    switch name {
    case .random, .simulatedEncoder: false
    case .simulated: architecture == SimulatedWeights.architecture
    case .file: network == architecture
    }
  }

  /// The network that a file's weights are of, as far as it says.
  var network: Architecture? { note?.architecture }

  /// What they learnt of cells besides the mask, as far as their file says.
  var objects: Recipe.Objects { isEncoderAlone ? .none : note?.objects ?? .none }

  /// Whether they look with a second opinion, as far as their file says.
  var asksSecondOpinion: Bool { note?.asksSecondOpinion == true }

  private var note: WeightsNote? {
    path.flatMap { WeightsNote(of: URL(filePath: $0)) }
  }

  /// What a run of a network begins with; nil for random weights.
  ///
  /// - Throws: `WeightsTrouble` or `WeightsError` where they cannot be read or are of a network that the run's
  ///   has nothing in common with.
  public func start(of architecture: Architecture) throws -> StateDict? {
    guard let path else { return nil }
    guard suits(architecture) else {
      throw WeightsTrouble.unsuitedWeights(name, architecture: architecture, encoder: encoder)
    }
    return try NetworkFile(path).start(
      of: architecture, encoderOnly: name == .simulatedEncoder)
  }
}
