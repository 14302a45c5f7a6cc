import Autograd
import Weights

extension ParameterStore {
  /// Takes the weights that a run begins with.
  ///
  /// Those of an encoder alone, by torchvision's names (`conv1.weight`), go into the encoder and leave
  /// the rest as it is; all others must be of the whole network.
  ///
  /// - Throws: `WeightsError` where something is missing, left over or of another shape.
  func begin(with start: StateDict) throws(WeightsError) {
    let isEncoder = start["conv1.weight"] != nil && paths.contains("encoder.conv1.weight")
    if isEncoder { try loadEncoder(start) } else { try load(start, strict: true) }
  }
}
