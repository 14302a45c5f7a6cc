import Autograd
import Foundation
import Weights

extension Checkpoint {
  /// What stands as text in the file, side by side.
  private struct Counters: Codable {
    let settings: RunSettings
    let state: LoopState

    init(_ checkpoint: Checkpoint) { (settings, state) = (checkpoint.settings, checkpoint.state) }

    init(from decoder: any Decoder) throws {
      settings = try RunSettings(from: decoder)
      state = try LoopState(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
      try settings.encode(to: encoder)
      try state.encode(to: encoder)
    }
  }

  /// The tensors and notes of the file.
  func stateDict() throws(TrainingError) -> StateDict {
    let text: String
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      text = String(decoding: try encoder.encode(Counters(self)), as: UTF8.self)
    } catch {
      throw .checkpoint(.counters(error.localizedDescription))
    }
    var result = StateDict(metadata: [
      "format": settings.format, "state": text, "adam.step": String(adam.step),
      "average.count": String(average.count),
    ])
    for tensor in weights.tensors { result.append(tensor.moved(under: "weights")) }
    for (index, tensor) in weights.tensors.enumerated() {
      let moments = [("adam.first", adam.first), ("adam.second", adam.second)]
      for (name, values) in moments {
        guard let values = values[tensor.path] else { continue }
        result.append(
          NamedTensor(path: tensor.path, shape: tensor.shape, values: values).moved(under: name))
      }
      if average.count > 0 {
        result.append(
          NamedTensor(path: tensor.path, shape: tensor.shape, values: average.means[index])
            .moved(under: "average"))
      }
    }
    return result
  }

  /// Reads what `stateDict` made.
  init(_ file: StateDict) throws(TrainingError) {
    guard let format = file.metadata["format"], let text = file.metadata["state"],
      let adamStep = file.metadata["adam.step"].flatMap(Int.init),
      let averageCount = file.metadata["average.count"].flatMap(Int.init)
    else { throw .checkpoint(.noCheckpoint) }
    do {
      let counters = try JSONDecoder().decode(Counters.self, from: Data(text.utf8))
      (settings, state) = (counters.settings, counters.state)
    } catch {
      throw .checkpoint(.counters(error.localizedDescription))
    }
    guard format == settings.format else { throw .checkpoint(.noCheckpoint) }
    weights = StateDict()
    adam = AdamState(step: adamStep, first: [:], second: [:])
    var means: [[Float]] = []
    for tensor in file.tensors {
      guard let (group, inner) = tensor.split() else {
        throw .checkpoint(.strayTensor(tensor.path.description))
      }
      switch group {
      case "weights": weights.append(inner)
      case "adam.first": adam.first[inner.path] = inner.values
      case "adam.second": adam.second[inner.path] = inner.values
      default: means.append(inner.values)
      }
    }
    average = WeightAverage(count: averageCount, means: means)
    guard averageCount == 0 || means.count == weights.tensors.count else {
      throw .checkpoint(.incompleteAverages)
    }
  }

  /// Reads a file.
  static func read(from file: URL) throws(TrainingError) -> Checkpoint {
    let tensors: StateDict
    do {
      tensors = try Safetensors.read(from: file)
    } catch {
      throw .checkpoint(.weights(error))
    }
    return try Checkpoint(tensors)
  }

  /// The weights that the run measures and would end with here: the mean of them where there is one.
  var measured: StateDict { average.count > 0 ? average.stateDict(like: weights) : weights }
}

extension NamedTensor {
  fileprivate func moved(under group: String) -> NamedTensor {
    NamedTensor(path: Path("\(group)/\(path)"), shape: shape, values: values)
  }

  /// The group in front of the slash, and the tensor under its own name.
  fileprivate func split() -> (group: String, tensor: NamedTensor)? {
    let parts = path.description.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    return (
      String(parts[0]), NamedTensor(path: Path(String(parts[1])), shape: shape, values: values)
    )
  }
}
