import Kernels

/// Where numbers stopped being finite.
extension ParameterStore {
  /// The first parameter or statistic, in the order of declaration, with a value that is not a finite
  /// number, if any.
  public var firstNonFinite: Path? {
    paths.first { !isFinite(entry($0).values) }
  }

  /// The parameter whose gradient was the first in the last backward pass to hold a number that is not
  /// finite, if any: the last one declared, since that pass begins at the end of the network.
  public var firstNonFiniteGradient: Path? {
    paths.last { path in
      let entry = entry(path)
      return entry.isTrained && !isFinite(entry.part(of: gradients))
    }
  }

  /// Whether every gradient of the last backward pass is a finite number; costs a fortieth of a step of
  /// one small image, and less of larger ones.
  public var hasFiniteGradients: Bool { firstNonFiniteGradient == nil }
}
