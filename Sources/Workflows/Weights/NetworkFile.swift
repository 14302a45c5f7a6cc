import Autograd
public import Basics
public import Foundation
import Networks
import Project
public import Recipes
public import Training
public import Weights

/// A file of trained weights.
public struct NetworkFile {
  /// The file as it was named.
  public let path: String
  /// What it holds.
  public let weights: StateDict

  /// Reads a file, or weights that `aura weights` keeps under that name.
  public init(_ path: String, library: WeightsLibrary = WeightsLibrary()) throws {
    self.path = try library.path(of: path)
    weights = try WeightsFile.read(from: URL(filePath: self.path))
  }

  /// Sides in pixels that a network works at.
  public static let workingSizes = 64...16384

  /// How images are looked at where nothing is asked for; without `hasSeenImages` as by weights that know none of them.
  public func usualViews(hasSeenImages: Bool = true) -> Views {
    .usual(hasSeenImages: hasSeenImages, asksSecondOpinion: note?.asksSecondOpinion == true)
  }

  /// What the file says about its network, if aura wrote it.
  public var note: WeightsNote? { WeightsNote(weights.metadata) }

  /// The network that the weights are of; `network` counts before what the file says.
  ///
  /// - Throws: `WeightsTrouble` where nothing says it.
  func architecture(_ network: Architecture?) throws(WeightsTrouble) -> Architecture {
    if let architecture = network ?? note?.architecture { return architecture }
    if let name = weights.metadata["architecture"] { throw .unknownNetwork(path, name: name) }
    if let encoder = weights.metadata[OfficialEncoder.note] {
      throw .encoderAlone(path, encoder: encoder)
    }
    throw .unnamedNetwork(path)
  }

  /// The network that the weights are of, and fit without one missing or left over.
  ///
  /// - Throws: `WeightsTrouble` where nothing says it, or they do not fit it.
  func checkedArchitecture(
    _ network: Architecture? = nil
  ) throws(WeightsTrouble) -> Architecture {
    let architecture = try architecture(network)
    let size = max(Self.workingSizes.lowerBound, architecture.smallest)
    _ = try predictor(network: network, size: size, views: .one, threads: 1)
    return architecture
  }

  /// The weights with filters of 8 bits, as the bytes of a file.
  ///
  /// - Throws: `WeightsTrouble` as of `checkedArchitecture`, and for numbers that are none.
  public func quantized(
    of network: Architecture? = nil
  ) throws(WeightsTrouble) -> Data {
    let transposed = try checkedArchitecture(network).transposedFilters
    do {
      return try Safetensors.encodeQuantized(weights, transposed: transposed)
    } catch {
      throw .notQuantized(path, error)
    }
  }

  /// What a run of a network begins with: all weights, or those of the encoder where that is all that
  /// the network has in common with the file's, or all that is asked for.
  ///
  /// - Throws: `WeightsTrouble` where they are torchvision's, and the network has no such encoder.
  public func start(
    of architecture: Architecture, encoderOnly: Bool = false
  ) throws(WeightsTrouble) -> StateDict {
    let isEncoder = note == nil && weights["conv1.weight"] != nil
    if isEncoder, architecture.encoderPath == nil {
      throw .foreignEncoder(path, architecture: architecture)
    }
    guard let own = note?.architecture, own != architecture || encoderOnly,
      architecture.sharesEncoder(with: own), let encoder = own.encoderPath
    else { return weights }
    return weights.part(below: encoder)
  }

  /// The network, ready to find cells.
  ///
  /// `network`, `size` (the working size) and `percentiles` count before what the file says, which it need not, and so
  /// do `views` before those that are usual for it.
  ///
  /// - Throws: `WeightsTrouble` where nothing says which network it is, or the weights do not fit it.
  public func predictor(
    network: Architecture? = nil, size: Int? = nil, percentiles: Percentiles? = nil,
    views: Views? = nil, threads: Int
  ) throws(WeightsTrouble) -> Predictor {
    let architecture = try architecture(network)
    let predictor: Predictor
    do {
      predictor = try Predictor(
        weights: weights, architecture: architecture, size: size ?? note?.size ?? Recipe().size,
        threads: threads)
      if size == nil { predictor.referenceSide = note?.referenceSide }
      predictor.views = views ?? usualViews()
      predictor.percentiles = percentiles ?? note?.percentiles ?? .usual
    } catch {
      throw .misfit(path, architecture: architecture, isNamed: network != nil, reason: error)
    }
    guard predictor.views == .secondOpinion else { return predictor }
    do {
      try predictor.askSecondOpinion()
    } catch {
      let simulated = SimulatedWeights.file?.path ?? SimulatedWeights.place
      throw .misfit(
        simulated, architecture: SimulatedWeights.architecture, isNamed: false, reason: error)
    }
    return predictor
  }
}

extension Predictor {
  /// What is to be said where it cannot look at images as was asked for, or as its weights ask for.
  public func lack(of wanted: Views) -> String? {
    wanted == .secondOpinion && views != wanted
      ? "no second opinion, the weights that come with aura are not there: \(SimulatedWeights.place)"
      : nil
  }
}

/// The network that finds cells in a folder: the one that was asked for, else that of the project's newest
/// run, else the one that comes with aura.
public struct TrainedNetwork {
  /// Where a network comes from.
  public enum Origin: Equatable, Sendable {
    /// A file that was named.
    case named
    /// The newest run of the project.
    case newestRun
    /// Learnt from simulated images.
    case simulated
  }

  /// Its weights.
  public let file: NetworkFile
  /// What a proposal or a report calls it.
  public let name: String
  /// Where it comes from.
  public let origin: Origin

  /// Finds it and reads its weights; `asked` are those that were asked for, if any were.
  ///
  /// - Throws: `WeightsTrouble` where there is none.
  public init(_ asked: StartingWeights?, for folder: ImageFolder) throws {
    if asked == nil, let run = folder.store?.newestRunWithWeights {
      file = try NetworkFile(run.weightsFile.path)
      (name, origin) = (file.path, .newestRun)
      return
    }
    let source = try WeightsSource(asked)
    guard let path = source.path else { throw WeightsTrouble.noNetwork(folder.path) }
    file = try NetworkFile(path)
    let isSimulated = source.name == .simulated
    (name, origin) = (isSimulated ? source.name.text : file.path, isSimulated ? .simulated : .named)
  }
}
