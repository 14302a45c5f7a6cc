import Foundation
import Networks
import Project
import Training
import Weights

/// A file of trained weights.
struct NetworkFile {
  /// The file as it was named.
  let path: String
  /// What it holds.
  let weights: StateDict

  /// Reads a file.
  init(_ path: String) throws {
    self.path = path
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        .missingInput, "'\(path)' is not there; give the best.safetensors of a training run")
    }
    weights = try Safetensors.read(from: URL(filePath: path))
  }

  /// What the file says about its network, if aura wrote it.
  var note: WeightsNote? { WeightsNote(weights.metadata) }

  /// The network, ready to find cells.
  ///
  /// `network` and `size` (the working size) count before what the file says, which it need not.
  ///
  /// - Throws: `Failure` where nothing says which network it is, or the weights do not fit it.
  func predictor(
    network: Architecture? = nil, size: Int? = nil, threads: Int
  ) throws(Failure) -> Predictor {
    guard let architecture = network?.rawValue ?? note?.architecture else {
      let names = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        .badInput, "'\(path)' does not say which network it is of; give --network: \(names)")
    }
    do {
      return try Predictor(
        weights: weights, architecture: architecture, size: size ?? note?.size ?? Recipe().size,
        threads: threads)
    } catch {
      throw Failure(
        .badInput,
        "'\(path)' as \(architecture): \(error)"
          + (network == nil ? "" : "; is it another --network?"))
    }
  }
}
