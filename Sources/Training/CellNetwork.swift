import Autograd
import Networks
public import Recipes
public import Weights

/// A network of the catalogue as it is trained and looked with: one channel, or a second one of cores that tells
/// cells apart.
public struct CellNetwork: Equatable, Sendable {
  /// Which network it is.
  public let architecture: Architecture
  /// Whether it has the channel of cores.
  let hasCores: Bool

  /// Describes a network.
  public init(_ architecture: Architecture, hasCores: Bool = false) {
    (self.architecture, self.hasCores) = (architecture, hasCores)
  }

  /// The network that a recipe asks for.
  public init(_ recipe: Recipe) {
    self.init(recipe.architecture, hasCores: recipe.objects == .core)
  }

  /// The network that weights are of, with cores where they have them.
  public init(_ architecture: Architecture, of weights: StateDict) {
    self.init(architecture, hasCores: weights.hasCores)
  }
}

extension CellNetwork: SegmentationNetwork {
  var multiple: Int { architecture.multiple }
  var smallest: Int { architecture.smallest }

  func encoderDepth(of path: Path) -> Int? { architecture.encoderDepth(of: path) }

  func logits(of image: Value, in graph: inout Graph) -> Value {
    architecture.logits(of: image, in: &graph)
  }

  func cellLogits(of image: Value, in graph: inout Graph) -> CellLogits {
    hasCores
      ? architecture.logitsWithCores(of: image, in: &graph)
      : CellLogits(mask: logits(of: image, in: &graph))
  }
}

extension StateDict {
  /// Whether these are weights of a network with a channel of cores.
  var hasCores: Bool { tensors.contains(where: \.isOfCores) }

  /// These weights as a network begins with them whose own are `drawn`: without those of cores where it has none, and
  /// with the drawn ones where these have none.
  func fitted(to drawn: StateDict) -> StateDict {
    guard drawn.hasCores != hasCores else { return self }
    let rest = tensors.filter { !$0.isOfCores }
    return StateDict(rest + drawn.tensors.filter(\.isOfCores), metadata: metadata)
  }
}

extension NamedTensor {
  /// Whether it lies in the last convolution of the core channel.
  fileprivate var isOfCores: Bool {
    path.description.hasPrefix("\(Architecture.corePath).")
  }
}
