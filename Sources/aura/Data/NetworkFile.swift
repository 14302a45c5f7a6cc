import Autograd
import Foundation
import Networks
import Project
import Recipes
import Training
import Weights

/// A file of trained weights.
struct NetworkFile {
  /// The file as it was named.
  let path: String
  /// What it holds.
  let weights: StateDict

  /// Reads a file, or weights that `aura weights` keeps under that name.
  init(_ path: String, library: WeightsLibrary = WeightsLibrary()) throws {
    self.path = try library.path(of: path)
    weights = try WeightsFile.read(from: URL(filePath: self.path))
  }

  /// What the file says about its network, if aura wrote it.
  var note: WeightsNote? { WeightsNote(weights.metadata) }

  /// The network that the weights are of; `network` counts before what the file says.
  ///
  /// - Throws: `Failure` where nothing says it.
  func architecture(_ network: Architecture? = nil) throws(Failure) -> Architecture {
    guard let architecture = network ?? note?.architecture else {
      if let name = weights.metadata["architecture"] {
        throw Failure(.badInput, "'\(path)' is of '\(name)', a network that is not known here")
      }
      if let encoder = weights.metadata[OfficialEncoder.note] {
        throw Failure(
          .badInput,
          "'\(path)' is an encoder, not a whole network; train one: aura train --weights \(encoder)"
        )
      }
      let names = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        .badInput, "'\(path)' does not say which network it is of; give --network: \(names)")
    }
    return architecture
  }

  /// The network that the weights are of, and fit without one missing or left over.
  ///
  /// - Throws: `Failure` where nothing says it, or they do not fit it.
  func checkedArchitecture(_ network: Architecture? = nil) throws(Failure) -> Architecture {
    let architecture = try architecture(network)
    let size = max(PredictionOptions.sizes.lowerBound, architecture.smallest)
    _ = try predictor(network: network, size: size, threads: 1)
    return architecture
  }

  /// What a run of a network begins with: all weights, or those of the encoder where that is all that
  /// the network has in common with the file's, or all that is asked for.
  ///
  /// - Throws: `Failure` where they are torchvision's, and the network has no such encoder.
  func start(
    of architecture: Architecture, encoderOnly: Bool = false
  ) throws(Failure) -> StateDict {
    let isEncoder = note == nil && weights["conv1.weight"] != nil
    if isEncoder, architecture.encoderPath == nil {
      throw Failure(
        .badInput,
        "'\(path)' is a ResNet's encoder, which \(architecture) has not; use --weights none")
    }
    guard let own = note?.architecture, own != architecture || encoderOnly,
      architecture.sharesEncoder(with: own), let encoder = own.encoderPath
    else { return weights }
    return weights.part(below: encoder)
  }

  /// The network, ready to find cells.
  ///
  /// `network` and `size` (the working size) count before what the file says, which it need not. With
  /// `flips` the mean over an image and its mirror images counts.
  ///
  /// - Throws: `Failure` where nothing says which network it is, or the weights do not fit it.
  func predictor(
    network: Architecture? = nil, size: Int? = nil, flips: Bool = true, threads: Int
  ) throws(Failure) -> Predictor {
    let architecture = try architecture(network)
    do {
      let predictor = try Predictor(
        weights: weights, architecture: architecture, size: size ?? note?.size ?? Recipe().size,
        threads: threads)
      predictor.seesFlips = flips
      return predictor
    } catch {
      throw Failure(
        .badInput,
        "'\(path)' as \(architecture): \(error)"
          + (network == nil ? "" : "; is it another --network?"))
    }
  }
}
