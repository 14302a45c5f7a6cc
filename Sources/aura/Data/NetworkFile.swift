import Foundation
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

  /// The network, ready to find cells; `size` is the working size, where it is not the trained one.
  func predictor(size: Int?, threads: Int) throws -> Predictor {
    guard let note else {
      throw Failure(
        .badInput,
        "'\(path)' does not say which network it is of; use weights that aura trained")
    }
    do {
      return try Predictor(
        weights: weights, architecture: note.architecture, size: size ?? note.size,
        threads: threads)
    } catch {
      throw Failure(.badInput, "'\(path)': \(error)")
    }
  }
}
