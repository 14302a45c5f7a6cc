public import Autograd

extension ParameterStore {
  /// All parameters and running statistics, in the order of declaration.
  public var stateDict: StateDict {
    StateDict(paths.map { NamedTensor(path: $0, shape: shape(of: $0), values: self[$0]) })
  }

  /// Takes the values of a state dict; on an error nothing has changed.
  ///
  /// A classifier's `fc.*` and batch norm's `num_batches_tracked` are passed over.
  ///
  /// - Throws: `WeightsError.misfit` with everything that is missing, left over or misshapen.
  public func load(_ state: StateDict) throws(WeightsError) {
    try load(state, into: paths.map { ($0, $0) })
  }

  /// Takes an encoder's values from a state dict that holds only the encoder, such as torchvision's
  /// ImageNet `resnet18` or `resnet34`, by names without `encoder`: `conv1.weight`,
  /// `layer1.0.bn1.bias`; on an error nothing has changed.
  ///
  /// - Throws: `WeightsError.misfit` with everything that is missing, left over or misshapen; every
  ///   parameter below `encoder` must get a value.
  public func loadEncoder(_ state: StateDict) throws(WeightsError) {
    let pairs = paths.compactMap { path in path.rest(below: "encoder").map { ($0, path) } }
    precondition(!pairs.isEmpty, "the network has no parameter below 'encoder'")
    try load(state, into: pairs)
  }

  private func load(
    _ state: StateDict, into pairs: [(key: Path, path: Path)]
  ) throws(WeightsError) {
    var found: [(path: Path, tensor: NamedTensor)] = []
    var misfit = Misfit()
    for (key, path) in pairs {
      guard let tensor = state[key] else {
        misfit.missing.append(key)
        continue
      }
      let expected = shape(of: path)
      if tensor.shape == expected {
        found.append((path, tensor))
      } else {
        misfit.misshapen.append(.init(key: key, expected: expected, found: tensor.shape))
      }
    }
    let known = Set(pairs.map(\.key))
    misfit.unexpected = state.paths.filter { !known.contains($0) && !Self.isPassedOver($0) }
    guard misfit.count == 0 else { throw .misfit(misfit) }
    for (path, tensor) in found { self[path] = tensor.values }
  }

  private static func isPassedOver(_ path: Path) -> Bool {
    let name = path.description
    return name.hasPrefix("fc.") || name.hasSuffix("num_batches_tracked")
  }
}
