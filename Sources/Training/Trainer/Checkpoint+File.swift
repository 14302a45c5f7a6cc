import Autograd
import Foundation
import Weights

extension Checkpoint {
  /// The tensors and notes of the file.
  func stateDict() throws(TrainingError) -> StateDict {
    let text: String
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      text = String(decoding: try encoder.encode(state), as: UTF8.self)
    } catch {
      throw .checkpoint("its counters cannot be written (\(error.localizedDescription))")
    }
    var result = StateDict(metadata: [
      "format": State.format, "state": text, "adam.step": String(adam.step),
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
    guard file.metadata["format"] == State.format, let text = file.metadata["state"],
      let adamStep = file.metadata["adam.step"].flatMap(Int.init),
      let averageCount = file.metadata["average.count"].flatMap(Int.init)
    else { throw .checkpoint("it is no checkpoint of such a run by this version") }
    do {
      state = try JSONDecoder().decode(State.self, from: Data(text.utf8))
    } catch {
      throw .checkpoint("its counters cannot be read (\(error.localizedDescription))")
    }
    weights = StateDict()
    adam = AdamState(step: adamStep, first: [:], second: [:])
    var means: [[Float]] = []
    for tensor in file.tensors {
      guard let (group, inner) = tensor.split() else {
        throw .checkpoint("'\(tensor.path)' has no place in it")
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
      throw .checkpoint("its averages are incomplete")
    }
  }

  /// Reads a file.
  static func read(from file: URL) throws(TrainingError) -> Self {
    do {
      return try Checkpoint(Safetensors.read(from: file))
    } catch let error as WeightsError {
      throw .checkpoint(error.description)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw .checkpoint(error.localizedDescription)
    }
  }
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
