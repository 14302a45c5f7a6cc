import Autograd
import Foundation
import Recipes
public import Weights

/// All that a run needs to go on with the same bits: weights, Adam, averages, and where it stands.
///
/// Kept as one safetensors file: tensors named `weights/*`, `adam.first/*`, `adam.second/*` and
/// `average/*`, the rest as JSON in its metadata.
struct Checkpoint: Equatable, Sendable {
  var settings: RunSettings
  var state: LoopState
  var weights: StateDict
  var adam: AdamState
  var average: WeightAverage
}

/// Why a run cannot be gone on with from its checkpoint.
public enum CheckpointFault: Equatable, Sendable, CustomStringConvertible {
  /// The run has done all of its steps.
  case finished
  /// The recipe has changed.
  case otherRecipe
  /// The settings of a pretraining have changed.
  case otherSettings
  /// The labelled images or their masks have changed.
  case otherImages
  /// It is a pretraining's, and is to be a training's, or the other way round.
  case otherKind
  /// It is no checkpoint of a run.
  case noCheckpoint
  /// What it counts cannot be read or written: why.
  case counters(String)
  /// A tensor that belongs to nothing: its name.
  case strayTensor(String)
  /// Averages that the run keeps are not in it.
  case noAverages
  /// Some averages are not in it.
  case incompleteAverages
  /// The file, or weights in it.
  case weights(WeightsError)

  /// What is wrong.
  public var description: String {
    switch self {
    case .finished: "it is finished, nothing is left to do"
    case .otherRecipe: "its recipe has other settings"
    case .otherSettings: "its settings are other ones"
    case .otherImages: "the labelled images or their masks have changed"
    case .otherKind, .noCheckpoint: "it is no checkpoint of such a run by this version"
    case .counters(let why): "its counters cannot be read (\(why))"
    case .strayTensor(let name): "'\(name)' has no place in it"
    case .noAverages: "its averages are missing"
    case .incompleteAverages: "its averages are incomplete"
    case .weights(let error): error.description
    }
  }
}

/// Where a run stands, apart from its tensors.
struct LoopState: Codable, Equatable, Sendable {
  /// Steps done.
  var step = 0
  /// Images seen in all.
  var seen = 0
  /// The loss of the images seen in the epoch in hand, summed.
  var lossSum = 0.0
  /// Images seen in the epoch in hand.
  var imagesSeen = 0
  /// Seconds that the epoch in hand has taken.
  var seconds = 0.0
  var history: [EpochRecord] = []
  /// All figures of each validation, where a run keeps a table of them.
  var validations: [ValidationRecord] = []
  /// The epoch with the lowest validation loss.
  var bestEpoch: Int?
  var bestLoss: Double?

  /// Epochs done.
  var epoch: Int { history.count }
}

extension LoopState {
  /// Reads what this version wrote, or the one before: it counted the images of pretrainings alone, and
  /// had a table of theirs alone.
  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    step = try values.decode(Int.self, forKey: .step)
    seen = try values.decodeIfPresent(Int.self, forKey: .seen) ?? 0
    lossSum = try values.decode(Double.self, forKey: .lossSum)
    imagesSeen = try values.decode(Int.self, forKey: .imagesSeen)
    seconds = try values.decode(Double.self, forKey: .seconds)
    history = try values.decode([EpochRecord].self, forKey: .history)
    validations = try values.decodeIfPresent([ValidationRecord].self, forKey: .validations) ?? []
    bestEpoch = try values.decodeIfPresent(Int.self, forKey: .bestEpoch)
    bestLoss = try values.decodeIfPresent(Double.self, forKey: .bestLoss)
  }
}

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
    func append(_ values: [Float]?, of tensor: NamedTensor, under group: String) {
      guard let values else { return }
      let path = Path("\(group)/\(tensor.path)")
      result.append(NamedTensor(path: path, shape: tensor.shape, values: values))
    }
    for tensor in weights.tensors { append(tensor.values, of: tensor, under: "weights") }
    for tensor in weights.tensors {
      append(adam.first[tensor.path], of: tensor, under: "adam.first")
      append(adam.second[tensor.path], of: tensor, under: "adam.second")
      append(average.weights[tensor.path]?.values, of: tensor, under: "average")
    }
    return result
  }

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
    var means = StateDict()
    for tensor in file.tensors {
      guard let (group, inner) = tensor.split() else {
        throw .checkpoint(.strayTensor(tensor.path.description))
      }
      switch group {
      case "weights": weights.append(inner)
      case "adam.first": adam.first[inner.path] = inner.values
      case "adam.second": adam.second[inner.path] = inner.values
      case "average": means.append(inner)
      default: throw .checkpoint(.strayTensor(tensor.path.description))
      }
    }
    average = WeightAverage(count: averageCount, weights: means)
    guard averageCount == 0 || means.tensors.count == weights.tensors.count else {
      throw .checkpoint(.incompleteAverages)
    }
  }

  static func read(from file: URL) throws(TrainingError) -> Checkpoint {
    let tensors = Result { () throws(WeightsError) in try Safetensors.read(from: file) }
    return try Checkpoint(tensors.mapError { TrainingError.checkpoint(.weights($0)) }.get())
  }

  /// The weights that the run measures and would end with here: the mean of them where there is one.
  var measured: StateDict { average.count > 0 ? average.weights : weights }
}

extension NamedTensor {
  /// The group in front of the slash, and the tensor under its own name.
  fileprivate func split() -> (group: String, tensor: NamedTensor)? {
    let parts = path.description.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    return (
      String(parts[0]), NamedTensor(path: Path(String(parts[1])), shape: shape, values: values)
    )
  }
}
