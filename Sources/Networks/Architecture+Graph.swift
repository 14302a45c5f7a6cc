public import Autograd
public import Recipes

extension Architecture {
  /// Puts the network into a graph: an image `[N, 3, H, W]`, normalised with ImageNet's mean and
  /// deviation, to `[N, 1, H, W]`, above 0 where a cell is more likely than not.
  ///
  /// - Precondition: three channels; H and W are multiples of `multiple` and at least `smallest`.
  public func logits(of image: Value, in graph: inout Graph) -> Value {
    head(features(of: image, in: &graph), at: headPath, in: &graph)
  }

  /// The same with a second channel, of what is a cell's core, in a last convolution of its own: `core.weight` and
  /// `core.bias`, so that weights without one are a part of those with it.
  public func logitsWithCores(of image: Value, in graph: inout Graph) -> CellLogits {
    let features = features(of: image, in: &graph)
    return CellLogits(
      mask: head(features, at: headPath, in: &graph),
      core: head(features, at: Self.corePath, in: &graph))
  }

  /// Where the last convolution of the core channel lies.
  public static var corePath: Path { "core" }

  /// Where the last convolution of the mask lies.
  private var headPath: Path { self == .ceNet ? "last.4" : "head" }

  /// The last convolution of a channel.
  private func head(_ features: Value, at path: Path, in graph: inout Graph) -> Value {
    Conv2d(channels: 1, kernel: self == .ceNet ? 3 : 1)(features, at: path, in: &graph)
  }

  /// Puts the encoder alone into a graph: an image as of `logits` to its deepest feature map.
  ///
  /// Its parameters are the network's, and nothing behind it is computed.
  public func deepestFeatures(of image: Value, in graph: inout Graph) -> Value {
    checkShape(of: image, in: graph)
    guard let encoder, let path = encoderPath else {
      return UNet.encoder(image, at: "", in: &graph)[4]
    }
    return encoder(image, at: path, in: &graph)[4]
  }

  /// All but the last convolution.
  private func features(of image: Value, in graph: inout Graph) -> Value {
    checkShape(of: image, in: graph)
    return switch self {
    case .auraNet: AuraNet(hasAttention: true)(image, at: "", in: &graph)
    case .unetResNet: AuraNet(hasAttention: false)(image, at: "", in: &graph)
    case .unet: UNet(hasAttention: false)(image, at: "", in: &graph)
    case .attentionUNet: UNet(hasAttention: true)(image, at: "", in: &graph)
    case .ceNet: CENet()(image, at: "", in: &graph)
    }
  }

  private func checkShape(of image: Value, in graph: Graph) {
    let shape = graph.shape(of: image)
    let extents = shape.extents
    precondition(
      extents.count == 4 && extents[1] == 3 && extents[2] % multiple == 0
        && extents[3] % multiple == 0 && min(extents[2], extents[3]) >= smallest,
      "\(rawValue) takes [N, 3, H, W] with H and W multiples of \(multiple) from \(smallest) on, "
        + "not \(shape)")
  }

  /// The filters of transposed convolutions, whose second extent counts the output channels.
  public var transposedFilters: Set<Path> {
    var graph = Graph(mode: .evaluation)
    let image = graph.input("image", Shape(1, 3, smallest, smallest))
    _ = logits(of: image, in: &graph)
    return graph.transposedFilters
  }

  /// How many stages of the encoder lie behind a parameter: 0 in its deepest stage, 4 in its first.
  ///
  /// A ResNet's stages are its four layers and what comes before them; a U-net's its five levels.
  ///
  /// - Returns: none outside the encoder.
  public func encoderDepth(of path: Path) -> Int? {
    let parts = path.description.split(separator: ".")
    guard parts.count > 1 else { return nil }
    switch (parts[0], encoder != nil) {
    case ("encoder", true):
      return parts[1].hasPrefix("layer") ? parts[1].last?.wholeNumberValue.map { 4 - $0 } : 4
    case ("down", false): return Int(parts[1]).map { 4 - $0 }
    default: return nil
    }
  }

  /// Whether the encoder of the other network's weights is one that this network has.
  public func sharesEncoder(with other: Architecture) -> Bool {
    encoder != nil && encoder == other.encoder
  }

  /// Where torchvision's ImageNet weights go in, if the network has such an encoder.
  public var encoderPath: Path? { encoder == nil ? nil : "encoder" }

  /// The ResNet that it begins with, if it does.
  public var encoder: ResNetEncoder? {
    switch self {
    case .auraNet, .unetResNet: .resNet18
    case .ceNet: .resNet34
    case .unet, .attentionUNet: nil
    }
  }
}
