import Autograd
import Basics
import Foundation
import Imaging
import Networks
public import Recipes
public import TestSupport
import Weights

extension TestFolder {
  /// Random weights of a network in a file, with the note that a run leaves; with a channel of cores if asked for, and
  /// with one logit for every pixel if that is told.
  public func weights(
    of network: Architecture, hasCores: Bool = false, logit: Float? = nil
  ) throws -> String {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, network.smallest, network.smallest))
    _ =
      hasCores
      ? network.logitsWithCores(of: image, in: &graph).mask
      : network.logits(of: image, in: &graph)
    var generator = SeededGenerator(seed: 1)
    var state = ParameterStore(for: graph, using: &generator).stateDict
    if let logit {
      state = StateDict(
        state.tensors.map { tensor in
          let name = tensor.path.description
          guard ["head.", "core."].contains(where: name.hasPrefix) else { return tensor }
          let value = name.hasSuffix("bias") ? logit : 0
          return NamedTensor(
            path: tensor.path, shape: tensor.shape,
            values: Array(repeating: value, count: tensor.shape.count))
        })
    }
    state.metadata = [
      "format": "aura-weights-1", "architecture": network.rawValue,
      "size": "\(network.smallest)", "epoch": "1", "seed": "1",
    ]
    if hasCores { state.metadata["objects"] = "core" }
    let path = path("\(network.rawValue).safetensors")
    try Safetensors.encode(state).write(to: URL(filePath: path))
    return path
  }
}
