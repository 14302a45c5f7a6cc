import Autograd
public import Weights

/// All that a run needs to go on with the same bits: weights, Adam, averages, and where it stands.
///
/// Kept as one safetensors file: tensors named `weights/*`, `adam.first/*`, `adam.second/*` and
/// `average/*`, the rest as JSON in its metadata.
struct Checkpoint: Equatable, Sendable {
  /// What the run learns by.
  var settings: RunSettings
  /// Counters and history.
  var state: LoopState
  /// Weights and running statistics.
  var weights: StateDict
  /// The optimiser.
  var adam: AdamState
  /// The mean of the weights over the run or its end.
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
