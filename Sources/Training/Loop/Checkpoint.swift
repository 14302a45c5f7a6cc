import Autograd
import Files
import Foundation
import Project
import Recipes
public import Weights

/// All that a run needs to go on with the same bits: weights, Adam, averages, and where it stands.
///
/// Kept as one safetensors file: tensors named `weights/*`, `adam.first/*`, `adam.second/*`,
/// `average/*` and `start/*`, the rest as JSON in its metadata.
struct Checkpoint: Equatable, Sendable {
  var settings: RunSettings
  var state: LoopState
  var weights: StateDict
  var adam: AdamState
  var average: WeightAverage
  /// The weights before the first step, where the run is to end nearer to them; else empty.
  var start = StateDict()
}

/// Why a run cannot be gone on with from its checkpoint.
public enum CheckpointFault: Equatable, Sendable, CustomStringConvertible {
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
  /// Its bytes are not those of a checkpoint: why.
  case malformed(String)
  /// A later version of Aura has written it: what it calls its format.
  case newer(String)
  /// The weights of the epoch that was the best so far are not in the file of the run's weights any more.
  case noBestWeights(epoch: Int, file: String)
  /// Weights in it are not those of the network.
  case weights(WeightsError)
  /// What Adam remembers is not there for each weight and no other: a tensor's name.
  case adam(String)
  /// A tensor has numbers that no network can compute with.
  case numbers(TensorFault)
  /// It counts what cannot be.
  case miscounted
  /// The file is damaged, as it says; the run's weights, if it has any.
  indirect case damaged(String, CheckpointFault, weights: String?)

  /// Whether it is a later version's.
  public var isNewer: Bool {
    if case .newer = self { true } else { false }
  }

  /// Whether it is the file's fault rather than that of what it is to go on with.
  var isDamage: Bool {
    switch self {
    case .otherRecipe, .otherSettings, .otherImages, .otherKind, .newer, .noBestWeights, .damaged:
      false
    default: true
    }
  }

  /// What is wrong.
  public var description: String {
    switch self {
    case .otherRecipe: "its recipe has other settings"
    case .otherSettings: "its settings are other ones"
    case .otherImages: "the labelled images or their masks have changed"
    case .otherKind, .noCheckpoint: "it is no checkpoint of such a run by this version"
    case .counters(let why): "its counters cannot be read (\(why))"
    case .strayTensor(let name): "'\(name)' has no place in it"
    case .noAverages: "its averages are missing"
    case .incompleteAverages: "its averages are incomplete"
    case .malformed(let why): why
    case .newer(let format): "a later version of Aura has written its checkpoint ('\(format)')"
    case .noBestWeights(let epoch, let file):
      "the best weights so far, of epoch \(epoch), are not in '\(file)' any more"
    case .weights(let error): error.description
    case .adam(let name): "what Adam remembers of '\(name)' is missing or has no place in it"
    case .numbers(let fault): fault.description
    case .miscounted: "its counters cannot be"
    case .damaged(let file, let fault, let weights):
      "'\(file)' is damaged: \(fault); remove it, and the run begins again from its first step"
        + (weights.map { ", or take the weights that it has, '\($0)'" } ?? "")
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

  /// Whether a run of a length comes by here: between two steps of an epoch, or between two epochs.
  func canBe(in length: RunLength) -> Bool {
    guard epoch <= length.epochs else { return false }
    let start = length.steps(in: epoch)
    let most = (step < .max >> 20 ? max(step, 0) : 0) << 20
    return
      (step == start
      ? imagesSeen == 0
      : start < step && step < length.steps(in: epoch + 1) && (1...most).contains(imagesSeen))
      && (0...most).contains(seen) && seconds >= 0
      && history.enumerated().allSatisfy { $1.epoch == $0 + 1 }
      && (bestEpoch == nil) == (bestLoss == nil)
      && (1...max(1, epoch)).contains(bestEpoch ?? 1)
  }
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
    for tensor in start.tensors { append(tensor.values, of: tensor, under: "start") }
    return result
  }

  init(_ file: StateDict) throws(TrainingError) {
    if let format = file.metadata["format"], RunSettings.isNewer(format) {
      throw .checkpoint(.newer(format))
    }
    guard let format = file.metadata["format"], let text = file.metadata["state"],
      let adamStep = Int(file.metadata["adam.step"] ?? ""),
      let averageCount = Int(file.metadata["average.count"] ?? "")
    else { throw .checkpoint(.noCheckpoint) }
    do {
      let counters = try JSONDecoder().decode(Counters.self, from: Data(text.utf8))
      (settings, state) = (counters.settings, counters.state)
    } catch {
      throw .checkpoint(.counters(error.localizedDescription))
    }
    guard format == settings.format || format == settings.olderFormat else {
      throw .checkpoint(.noCheckpoint)
    }
    var groups: [String: StateDict] = [:]
    for tensor in file.tensors {
      guard let (group, inner) = tensor.split(), Self.groups.contains(group) else {
        throw .checkpoint(.strayTensor(tensor.path.description))
      }
      groups[group, default: StateDict()].append(inner)
    }
    func moments(_ group: String) -> StateDict { groups[group] ?? StateDict() }
    weights = moments("weights")
    for tensor in moments("adam.first").tensors + moments("adam.second").tensors {
      guard weights[tensor.path]?.shape == tensor.shape else {
        throw .checkpoint(.adam(tensor.path.description))
      }
    }
    adam = AdamState(
      step: adamStep, first: moments("adam.first").values, second: moments("adam.second").values)
    average = WeightAverage(count: averageCount, weights: moments("average"))
    start = moments("start")
    guard averageCount == 0 || average.weights.tensors.count == weights.tensors.count else {
      throw .checkpoint(.incompleteAverages)
    }
    for part in groups.values {
      if let fault = part.fault { throw .checkpoint(.numbers(fault)) }
    }
  }

  private static let groups: Set = ["weights", "adam.first", "adam.second", "average", "start"]

  /// Reads a file, whose checksum must be its own where it is of this version.
  ///
  /// - Throws: `TrainingError.file` where the system does not give it, `.checkpoint` with what is wrong in it.
  static func read(from file: URL) throws(TrainingError) -> Checkpoint {
    let data: Data
    do {
      data = try Data(contentsOf: file)
    } catch {
      throw .file(.file(.foundation(file.path, error)))
    }
    let found: StateDict
    do throws(WeightsError) {
      found = try Safetensors.decode(data)
    } catch {
      throw .checkpoint(.malformed(error.description))
    }
    let checkpoint = try Checkpoint(found)
    guard
      found.metadata[Safetensors.checksumNote] != nil
        || found.metadata["format"] == checkpoint.settings.olderFormat
    else { throw .checkpoint(.malformed("\(WeightsError.damaged)")) }
    return checkpoint
  }

  /// Why a run of a length, which trains some parameters, cannot go on from it, as far as its counters and
  /// what Adam remembers are concerned.
  func fault(for length: RunLength, trained: [Path]) -> CheckpointFault? {
    for path in trained where adam.first[path] == nil || adam.second[path] == nil {
      return .adam(path.description)
    }
    guard adam.first.count == trained.count, adam.second.count == trained.count else {
      return .adam(adam.first.keys.first { !trained.contains($0) }?.description ?? "")
    }
    if let (path, _) = adam.second.first(where: { $1.contains { $0 < 0 } }) {
      return .numbers(.negativeVariance(path.description))
    }
    return state.canBe(in: length) && adam.step == state.step && average.canBe(after: state.step)
      ? nil : .miscounted
  }

  /// The weights that the run measures and would end with here: the mean of them where there is one.
  var measured: StateDict { average.count > 0 ? average.weights : weights }
}

extension WeightAverage {
  /// Whether so many weights can be in it after a step; some means count those of the start too.
  fileprivate func canBe(after step: Int) -> Bool { (0...step + 1).contains(count) }
}

extension StateDict {
  /// The values by name.
  fileprivate var values: [Path: [Float]] {
    Dictionary(tensors.map { ($0.path, $0.values) }, uniquingKeysWith: { $1 })
  }
}

extension NamedTensor {
  /// The group in front of the slash, and the tensor under its own name.
  fileprivate func split() -> (group: String, tensor: NamedTensor)? {
    let parts = path.description.split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    return (
      String(parts[0]), NamedTensor(path: Path(String(parts[1])), shape: shape, values: values)
    )
  }
}
